// SPDX-License-Identifier: GPL-2.0
/*
 * PAGEMAP_SCAN by every other way than the usual question: what is protected never
 * reads as written, and what it is told to protect is protected, in every form.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "forms.h"
#include "pagemap-scan.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#define ASYNC (UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED)
#define IN_USE (PAGE_IS_PRESENT | PAGE_IS_SWAPPED)

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, ASYNC);
}

static void scan(const struct scene *scene, const struct scan *scan, uint64_t *categories)
{
	const struct mapping *mapping = &scene->mapping;

	pagemap_scan(mapping->start, mapping->page_size, mapping->pages, scan, categories);
}

/* A page that was zapped, or never there, has not been written since. */
static void expect_unprotected_written(const struct scene *scene, enum form form,
				       const uint64_t *categories)
{
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++) {
		bool is_protected = scene_is_protected(scene, i);
		bool written = categories[i] & PAGE_IS_WRITTEN;

		if (is_protected && written)
			case_fail("PAGEMAP_SCAN: page %zu is protected, and reads as written", i);
		if (!is_protected && !written && form != FORM_MARKER)
			case_fail("PAGEMAP_SCAN: page %zu is unprotected, and reads as not written",
				  i);
	}
}

static void several_categories(const struct test_case *self)
{
	const struct scan of_all = { .anyof = IN_USE | PAGE_IS_WRITTEN,
				     .tells = IN_USE | PAGE_IS_WRITTEN };
	uint64_t categories[PAGES];
	struct scene scene;

	set(&scene, self);
	scan(&scene, &of_all, categories);
	expect_unprotected_written(&scene, form_of(self)->form, categories);
	scene_expect(&scene, form_of(self)->form, true, "after the scan");
}

static void protect_written(const struct test_case *self)
{
	const struct scan and_protect = { .mask = PAGE_IS_WRITTEN, .anyof = IN_USE,
					  .tells = IN_USE | PAGE_IS_WRITTEN,
					  .flags = PM_SCAN_WP_MATCHING };
	uint64_t categories[PAGES];
	struct scene scene;

	set(&scene, self);
	scan(&scene, &and_protect, categories);
	expect_unprotected_written(&scene, form_of(self)->form, categories);
	scene_expect_all(&scene, true, "after the scan that protects");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "written");
}

static void protect_everything(const struct test_case *self)
{
	struct scene scene;

	scene_set_unprotected(&scene, form_of(self)->kind, form_of(self)->form, ASYNC);
	pagemap_scan_protect(scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_all(&scene, true, "after the scan that protects");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "written");
}

/* What is read-only goes into migration as such, and comes out with the bit. */
static void protect_read_only(const struct test_case *self)
{
	struct scene scene;
	size_t size;

	scene_set(&scene, form_of(self)->kind, FORM_PRESENT, EVERY_OTHER, ASYNC);
	size = mapping_size(&scene.mapping);
	if (mprotect(scene.mapping.start, size, PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	scene_hold_unprotected(&scene);
	pagemap_scan_protect(scene.mapping.start, size);
	scene_expect_all(&scene, true, "after the scan that protects");
	if (mprotect(scene.mapping.start, size, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "written");
}

/* pagemap_scan_test_walk(): a scan has no say where a write is to raise an event, or nothing. */
static void expect_no_say(const struct scene *scene)
{
	size_t size = mapping_size(&scene->mapping);
	int error;

	pagemap_scan_protect(scene->mapping.start, size);
	error = pagemap_scan_try_protect(scene->mapping.start, size, PM_SCAN_CHECK_WPASYNC);
	case_expect_error("PM_SCAN_CHECK_WPASYNC", error, EPERM);
}

static void protect_synchronous(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	expect_no_say(&scene);
	scene_expect(&scene, form_of(self)->form, true, "after the scan");
	scene_write(&scene, true, form_data(self));
}

static void protect_unregistered(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	expect_no_say(&scene);
	scene_expect_all(&scene, false, "after the scan");
	scene_write_all_freely(&scene);
}

/* userfaultfd_wp_use_markers(): WP_ASYNC alone does not say that writes are followed. */
static void protect_missing(const struct test_case *self)
{
	struct scene scene = {
		.mapping = mapping_create(form_of(self)->kind, PAGES / 2),
		.uffd = uffd_open(UFFD_FEATURE_WP_ASYNC),
	};

	mapping_populate(&scene.mapping);
	uffd_register_mode(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping),
			   UFFDIO_REGISTER_MODE_MISSING);
	expect_no_say(&scene);
	scene_expect_all(&scene, false, "after the scan");
	scene_write_all_freely(&scene);
}

/*
 * make_uffd_wp_pte() gives the bit to entries of a device's pages that stay writable, and
 * mprotect(2) makes others of them.
 */
static void protect_then_mprotect(const struct test_case *self)
{
	struct scene scene;
	size_t size;

	set(&scene, self);
	size = mapping_size(&scene.mapping);
	pagemap_scan_protect(scene.mapping.start, size);
	scene_expect_all(&scene, true, "after the scan that protects");
	if (mprotect(scene.mapping.start, size, PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	scene_expect_all(&scene, true, "read-only");
	if (mprotect(scene.mapping.start, size, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	scene_expect_all(&scene, true, "after PROT_READ and back");
}

/* Of private hugetlb what is under migration when the scan begins still is when it comes by. */
static bool is_migrating_private_hugetlb(const struct protected_form *form)
{
	return form_is_migrating(form) && form->kind == HUGETLB_PRIVATE;
}

static bool can_be_protected(const struct protected_form *form)
{
	return form_is_settled(form) || is_migrating_private_hugetlb(form);
}

static bool is_device(const struct protected_form *form)
{
	return form->form == FORM_DEVICE;
}

/* A scan by categories protects what it finds, and finds nothing where nothing is. */
static bool is_populated(const struct protected_form *form)
{
	return form->form == FORM_PRESENT || form->form == FORM_SWAP;
}

static const struct form_operation operations[] = {
	{ "scan-categories", "of several categories, written is just what is not protected",
	  several_categories, form_is_settled },
	{ "scan-protect-written", "PM_SCAN_WP_MATCHING protects what it reports as written",
	  protect_written, is_populated },
	{ "scan-protect", "PM_SCAN_WP_MATCHING alone protects everything", protect_everything,
	  can_be_protected },
	{ "scan-protect-read-only", "PM_SCAN_WP_MATCHING protects what is read-only under migration",
	  protect_read_only, is_migrating_private_hugetlb },
	{ "scan-protect-synchronous", "PM_SCAN_WP_MATCHING protects nothing without WP_ASYNC",
	  protect_synchronous, form_is_settled },
	{ "scan-protect-unregistered", "PM_SCAN_WP_MATCHING protects only what is registered",
	  protect_unregistered, form_is_settled },
	{ "scan-protect-missing",
	  "PM_SCAN_WP_MATCHING protects nothing that is registered for missing pages only",
	  protect_missing, form_is_present },
	{ "scan-protect-then-mprotect", "mprotect keeps what PM_SCAN_WP_MATCHING protects",
	  protect_then_mprotect, is_device },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
