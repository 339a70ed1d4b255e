// SPDX-License-Identifier: GPL-2.0
/* Ranges that one page table, one VMA or one registration is not enough for. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "edges.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

static void across_page_tables(const struct test_case *self)
{
	struct scene scene;

	scene_set_across(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER);
	scene_write(&scene, true, form_data(self));
}

/* Another protection of the memory splits the mapping; the ranges of ours span both. */
static void split(const struct scene *scene)
{
	size_t half = mapping_size(&scene->mapping) / 2;

	if (mprotect(scene->mapping.start, half, PROT_READ | PROT_WRITE | PROT_EXEC))
		case_error("mprotect: %s", strerror(errno));
}

static void across_vmas(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	scene_expect(&scene, form_of(self)->form, true, "split");
	scene_write(&scene, true, form_data(self));
}

static void zap_across_vmas(const struct test_case *self)
{
	bool marker = form_of(self)->kind != ANON;
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	if (madvise(scene.mapping.start, mapping_size(&scene.mapping), MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	scene_expect(&scene, marker ? FORM_MARKER : FORM_NONE, marker, "zapped");
	scene_write(&scene, marker, marker ? FILE_DATA : '\0');
}

static void unregister_across_vmas(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	split(&scene);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_all(&scene, false, "unregistered");
	scene_write_all_freely(&scene);
}

/* Each hears of its own half: mappings of two registrations are never merged. */
static void two_userfaultfds(const struct test_case *self)
{
	size_t page_size, half;
	bool trapped[PAGES];
	struct scene scene;
	char *second;
	size_t i;
	int uffd;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	half = scene.mapping.pages / 2;
	page_size = scene.mapping.page_size;
	second = mapping_page(&scene.mapping, half);
	uffd_unregister(scene.uffd, second, half * page_size);
	uffd = uffd_open(scene_features(form_of(self)->kind, form_of(self)->form));
	uffd_register(uffd, second, half * page_size);
	uffd_protect(uffd, second, half * page_size);

	uffd_write_pages(scene.uffd, scene.mapping.start, page_size, half, 'W', trapped);
	uffd_write_pages(uffd, second, page_size, half, 'W', trapped + half);
	for (i = 0; i < 2 * half; i++)
		if (!trapped[i])
			case_fail("write: page %zu raises no event", i);
}

/* mwriteprotect_range(): memory that is registered for something else is not there. */
static void protect_unregistered(const struct test_case *self)
{
	struct scene scene;
	size_t size;
	int error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	size = mapping_size(&scene.mapping);
	uffd_unregister(scene.uffd, scene.mapping.start, size);
	uffd_register_mode(scene.uffd, scene.mapping.start, size, UFFDIO_REGISTER_MODE_MISSING);
	error = uffd_try_protect(scene.uffd, scene.mapping.start, size);
	case_expect_error("UFFDIO_WRITEPROTECT", error, ENOENT);
	scene_expect_all(&scene, false, "after UFFDIO_WRITEPROTECT");
}

static void expect_refused(const struct scene *scene, char *start, size_t length)
{
	int error = uffd_try_protect(scene->uffd, start, length);

	case_expect_error("UFFDIO_WRITEPROTECT", error, EINVAL);
	error = uffd_try_writeprotect(scene->uffd, start, length, 0);
	case_expect_error("UFFDIO_WRITEPROTECT off", error, EINVAL);
}

/* Not even where the page begins, nor as much as a page from elsewhere. */
static void protect_part_of_page(const struct test_case *self)
{
	size_t small = getpagesize();
	struct scene scene;
	char *start;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	start = scene.mapping.start;
	expect_refused(&scene, start, small);
	expect_refused(&scene, start + small, scene.mapping.page_size);
	scene_expect(&scene, form_of(self)->form, true, "after the refused ioctls");
}

/* Since 6.4 mwriteprotect_range() takes ranges of several mappings, before it refuses them. */
static void protect_across_vmas(const struct test_case *self)
{
	struct scene scene;
	int error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	error = uffd_try_protect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	if (error == ENOENT) {
		scene_expect(&scene, form_of(self)->form, true, "after it was refused");
		case_skip("UFFDIO_WRITEPROTECT takes one mapping at a time");
	}
	if (error)
		case_error("UFFDIO_WRITEPROTECT: %s", strerror(error));
	scene.pattern = ALL;
	scene_expect(&scene, form_of(self)->form, true, "protected at one go");
	scene_write(&scene, true, form_data(self));
}

/* What has been two mappings for a while must be one again, or 6.1 protects no more than half. */
static void protect_what_was_split(const struct test_case *self)
{
	struct scene scene;
	size_t half;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	half = mapping_size(&scene.mapping) / 2;
	split(&scene);
	if (mprotect(scene.mapping.start, half, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	uffd_protect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene.pattern = ALL;
	scene_expect(&scene, form_of(self)->form, true, "protected at one go");
	scene_write(&scene, true, form_data(self));
}

/* Whatever becomes of the half that is registered. */
static void protect_half_registered(const struct test_case *self)
{
	size_t half, pages;
	struct scene scene;
	int error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	pages = scene.mapping.pages;
	half = pages / 2;
	uffd_unregister(scene.uffd, mapping_page(&scene.mapping, half),
			(pages - half) * scene.mapping.page_size);
	error = uffd_try_protect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	case_expect_error("UFFDIO_WRITEPROTECT", error, ENOENT);
	scene_expect_bits(&scene, half, pages, false, "not registered");
	scene_write_freely(&scene, half, pages);
}

int try_to_move(char *start, size_t size)
{
	char *room = mapping_find_room(HUGE_PAGE * PAGES);
	void *moved = mremap(start, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, room);

	return moved == MAP_FAILED ? errno : 0;
}

/* Before 6.17 no range of several mappings is moved, since then none that is registered: EFAULT. */
static void move_across_vmas(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	case_expect_error("mremap",
			  try_to_move(scene.mapping.start, mapping_size(&scene.mapping)), EFAULT);
	scene_expect(&scene, form_of(self)->form, true, "not moved");
	scene_write(&scene, true, form_data(self));
}

static bool is_hugetlb(const struct protected_form *form)
{
	return mapping_kind_is_hugetlb(form->kind) && form->form != FORM_MIGRATION;
}

/* Mappings of hugetlbfs are never merged: VM_SPECIAL. */
static bool is_merged(const struct protected_form *form)
{
	return form->form == FORM_PRESENT && !mapping_kind_is_hugetlb(form->kind);
}

/* userfaultfd_register_range(): the second half is merged with the first, or nothing moves. */
static void move_what_is_registered_in_halves(const struct test_case *self)
{
	struct scene scene;
	size_t size, half;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	size = mapping_size(&scene.mapping);
	half = size / 2;
	uffd_unregister(scene.uffd, scene.mapping.start, size);
	uffd_register(scene.uffd, scene.mapping.start, half);
	uffd_register(scene.uffd, scene.mapping.start + half, half);
	case_expect_error("mremap", try_to_move(scene.mapping.start, size), 0);
}

static const struct form_operation operations[] = {
	{ "two-page-tables", "over the edge of a page table nothing is lost",
	  across_page_tables, NULL },
	{ "two-vmas", "over the edge of a VMA nothing is lost", across_vmas,
	  form_outlasts_hugetlb_lock },
	{ "two-vmas-madv-dontneed", "MADV_DONTNEED over two VMAs leaves markers in both",
	  zap_across_vmas, form_outlasts_hugetlb_lock },
	{ "two-vmas-unregister", "UFFDIO_UNREGISTER over two VMAs clears both",
	  unregister_across_vmas, form_outlasts_hugetlb_lock },
	{ "two-vmas-mremap", "mremap over two VMAs is refused, and changes nothing",
	  move_across_vmas, form_is_present },
	{ "two-userfaultfds", "each of two userfaultfds hears of its own half", two_userfaultfds,
	  form_is_present },
	{ "writeprotect-part", "a part of a page can't be protected", protect_part_of_page,
	  is_hugetlb },
	{ "writeprotect-unregistered", "what is not registered for it can't be protected",
	  protect_unregistered, form_is_present },
	{ "two-vmas-writeprotect", "two VMAs are protected at one go", protect_across_vmas,
	  form_is_present },
	{ "was-two-vmas-writeprotect", "what was two VMAs for a while is protected at one go",
	  protect_what_was_split, is_merged },
	{ "writeprotect-half-registered", "a range registered only in part is refused with ENOENT",
	  protect_half_registered, form_is_present },
	{ "halves-register-mremap", "what is registered in two halves is merged, and moves as one",
	  move_what_is_registered_in_halves, is_merged },
	{ "hole-register", "registering over a hole registers both sides, and the hole stays",
	  register_over_hole, form_is_present },
	{ "hole-register-mremap", "what is registered after a hole is merged, and moves as one",
	  move_what_follows_hole, is_merged },
	{ "hole-unregister", "UFFDIO_UNREGISTER over a hole clears both sides, and the hole stays",
	  unregister_over_hole, form_is_present },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
