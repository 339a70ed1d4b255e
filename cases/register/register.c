// SPDX-License-Identifier: GPL-2.0
/*
 * What a registration says: whose the memory is, which faults are followed, and what
 * may be done about them. It can be said anew, and what was said before no longer holds.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "forms.h"
#include "register.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"
#include "waiter.h"

#define MISSING UFFDIO_REGISTER_MODE_MISSING
#define WP UFFDIO_REGISTER_MODE_WP

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
}

static void register_for(const struct scene *scene, uint64_t mode)
{
	uffd_register_mode(scene->uffd, scene->mapping.start, mapping_size(&scene->mapping), mode);
}

/*
 * The kernel leaves bits and markers of the time before where they are, and they count
 * no more: what pagemap shows of them is not asked for.
 */
static void write_unprotected(const struct scene *scene, char data)
{
	const struct mapping *mapping = &scene->mapping;
	bool trapped[PAGES];
	size_t i;

	uffd_write_pages(scene->uffd, mapping->start, mapping->page_size, mapping->pages, 'W',
			 trapped);
	for (i = 0; i < mapping->pages; i++) {
		const char *page = mapping_page(mapping, i);

		if (trapped[i])
			case_fail("write: page %zu raises an event that nobody has asked for", i);
		if (page[0] != 'W' || page[1] != data)
			case_fail("data: page %zu is not what it was, and what was written", i);
	}
}

static void missing_instead(const struct test_case *self)
{
	struct scene scene;
	size_t size;

	set(&scene, self);
	size = mapping_size(&scene.mapping);
	register_for(&scene, MISSING);
	case_expect_error("UFFDIO_WRITEPROTECT",
			  uffd_try_protect(scene.uffd, scene.mapping.start, size), ENOENT);
	write_unprotected(&scene, form_data(self));
}

/* pte_marker_handle_uffd_wp(): a marker that is left over goes with the first fault. */
static void missing_instead_read(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	register_for(&scene, MISSING);
	scene_read(&scene, form_data(self));
	scene_expect(&scene, FORM_PRESENT, false, "read");
	write_unprotected(&scene, form_data(self));
}

/* The same in anonymous memory, where the fault asks for a page once the marker is gone. */
static void missing_instead_wait(const struct test_case *self)
{
	struct scene scene;
	struct waiter waiter;
	char *page;

	set(&scene, self);
	register_for(&scene, MISSING);
	page = scene.mapping.start;
	waiter_start(&waiter, scene.uffd, page);
	scene_expect_bits(&scene, 0, 1, false, "while a thread waits for the page");
	uffd_copy(scene.uffd, page, scene.mapping.page_size);
	waiter_expect_end(&waiter);
}

/* pte_install_uffd_wp_if_needed(): there is no need any more. */
static void missing_instead_zap(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	register_for(&scene, MISSING);
	if (madvise(scene.mapping.start, mapping_size(&scene.mapping), MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	scene_expect(&scene, FORM_NONE, false, "zapped");
}

static void missing_and_back(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	register_for(&scene, MISSING);
	register_for(&scene, WP);
	scene_protect(&scene);
	scene_expect(&scene, form_of(self)->form, true, "protected again");
	scene_write(&scene, true, form_data(self));
}

static void missing_as_well(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	register_for(&scene, MISSING | WP);
	scene_expect(&scene, form_of(self)->form, true, "registered for both");
	scene_write(&scene, true, form_data(self));
}

static void busy(const struct test_case *self)
{
	uint64_t ioctls;
	struct scene scene;
	int other;

	set(&scene, self);
	other = uffd_open(scene_features(form_of(self)->kind, form_of(self)->form));
	case_expect_error("UFFDIO_REGISTER of another userfaultfd",
			  uffd_try_register(other, scene.mapping.start,
					    mapping_size(&scene.mapping), WP, &ioctls),
			  EBUSY);
	scene_write(&scene, true, form_data(self));
}

static void expect_ioctls(const struct scene *scene, uint64_t mode)
{
	const uint64_t always = 1ULL << _UFFDIO_WAKE | 1ULL << _UFFDIO_COPY;
	const uint64_t by_mode = 1ULL << _UFFDIO_WRITEPROTECT | 1ULL << _UFFDIO_CONTINUE;
	/* Nobody asks for minor faults here, which is what UFFDIO_CONTINUE is for. */
	uint64_t wp = mode & WP ? 1ULL << _UFFDIO_WRITEPROTECT : 0;
	uint64_t ioctls = 0;
	int error = uffd_try_register(scene->uffd, scene->mapping.start,
				      mapping_size(&scene->mapping), mode, &ioctls);

	if (error)
		case_error("UFFDIO_REGISTER with mode %#llx: %s", (unsigned long long)mode,
			   strerror(error));
	if ((ioctls & (always | by_mode)) != (always | wp))
		case_fail("mode %#llx: the range takes ioctls %#llx", (unsigned long long)mode,
			  (unsigned long long)ioctls);
}

static void offers_ioctls(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	expect_ioctls(&scene, WP);
	expect_ioctls(&scene, MISSING | WP);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	expect_ioctls(&scene, MISSING);
}

/* vma_can_userfault(): a minor fault is one on what a file holds. */
static void minor_of_no_file(const struct test_case *self)
{
	struct scene scene;
	uint64_t ioctls;

	set(&scene, self);
	case_expect_error("UFFDIO_REGISTER for minor faults",
			  uffd_try_register(scene.uffd, scene.mapping.start,
					    mapping_size(&scene.mapping),
					    WP | UFFDIO_REGISTER_MODE_MINOR, &ioctls),
			  EINVAL);
	scene_write(&scene, true, form_data(self));
}

/* A marker in anonymous memory stands for a page that is missing: whoever reads it waits. */
static bool holds_data(const struct protected_form *form)
{
	return form->kind != ANON || form->form != FORM_MARKER;
}

/* A write to hugetlb memory may never end: one case of each kind is enough for that. */
static bool can_be_written(const struct protected_form *form)
{
	if (mapping_kind_is_hugetlb(form->kind))
		return form->form == (form->kind == HUGETLB ? FORM_PRESENT : FORM_MARKER);
	return holds_data(form);
}

static bool stays_and_holds_data(const struct protected_form *form)
{
	return holds_data(form) && form_is_settled(form);
}

/* hugetlb_no_page() and __unmap_hugepage_range() keep what is left over, and it counts no more. */
static bool is_small_marker(const struct protected_form *form)
{
	return form->kind != ANON && !mapping_kind_is_hugetlb(form->kind) &&
	       form->form == FORM_MARKER;
}

static bool is_anonymous_marker(const struct protected_form *form)
{
	return form->kind == ANON && form->form == FORM_MARKER;
}

static bool is_small_and_of_a_file(const struct protected_form *form)
{
	return form->kind != ANON && !mapping_kind_is_hugetlb(form->kind) &&
	       (form_is_present(form) || form->form == FORM_SWAP);
}

static const struct form_operation operations[] = {
	{ "missing-instead", "registered for missing pages instead, nothing is protected",
	  missing_instead, can_be_written },
	{ "missing-instead-then-read", "a marker of the time before goes with the first fault",
	  missing_instead_read, is_small_marker },
	{ "missing-instead-then-wait", "a marker of the time before is gone when a page is asked for",
	  missing_instead_wait, is_anonymous_marker },
	{ "missing-instead-madv-dontneed", "a zap leaves no marker once nothing is protected",
	  missing_instead_zap, is_small_and_of_a_file },
	{ "missing-and-back", "what is registered for write-protect again can be protected again",
	  missing_and_back, stays_and_holds_data },
	{ "missing-as-well", "registered for missing pages as well, what is protected stays so",
	  missing_as_well, stays_and_holds_data },
	{ "busy", "what one userfaultfd has registered another can't have", busy, form_is_present },
	{ "ioctls", "UFFDIO_WRITEPROTECT is offered where it is registered for", offers_ioctls,
	  form_is_present },
	{ "minor-refused", "anonymous memory has no minor faults to be registered for",
	  minor_of_no_file, form_is_present_anonymous },
	{ "from-device", "/dev/userfaultfd makes userfaultfds that protect, and nothing else",
	  from_device, form_is_present },
	{ "unprivileged", "without privilege it is for faults in user mode only, and protects",
	  without_privilege, form_is_present },
	{ "map-limit", "a registration that takes a mapping too many fails, and changes nothing",
	  at_map_limit, form_is_present_anonymous },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
