// SPDX-License-Identifier: GPL-2.0
/*
 * Asynchronous write-protect: a write clears the bit and raises no event, and
 * PAGEMAP_SCAN tells what was written.  What was only zapped or reclaimed was not.
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

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL,
		  UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
}

/* Just the pages from @from to @to must read as written. */
static void expect_written(const struct scene *scene, size_t from, size_t to)
{
	const struct mapping *mapping = &scene->mapping;
	uint64_t categories[PAGES];
	size_t i;

	pagemap_scan(mapping->start, mapping->page_size, mapping->pages, &scan_written, categories);
	for (i = 0; i < mapping->pages; i++) {
		bool expected = from <= i && i < to;

		if (!!(categories[i] & PAGE_IS_WRITTEN) != expected)
			case_fail("PAGEMAP_SCAN: page %zu reads as %swritten", i,
				  expected ? "not " : "");
	}
}

static void scan_untouched(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	expect_written(&scene, 0, 0);
}

static void write_some(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	/* There is nobody to resolve an event. */
	scene_write_freely(&scene, 1, 3);
	expect_written(&scene, 1, 3);
	scene_expect_bits(&scene, 0, 1, true, "before what was written");
	scene_expect_bits(&scene, 1, 3, false, "written");
	scene_expect_bits(&scene, 3, scene.mapping.pages, true, "after what was written");
}

static void protect_again(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	scene_write_freely(&scene, 1, 3);
	scene_protect(&scene);
	expect_written(&scene, 0, 0);
	scene_expect_all(&scene, true, "protected again");
}

/*
 * userfaultfd_api(): WP_ASYNC is not to be had without WP_UNPOPULATED, or what is not there
 * would read as written.
 */
static void alone(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, ANON, form_of(self)->form, ALL, UFFD_FEATURE_WP_ASYNC);
	if (madvise(scene.mapping.start, mapping_size(&scene.mapping), MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	scene_protect(&scene);
	scene_expect(&scene, FORM_MARKER, true, "protected where nothing is");
	scene_write_freely(&scene, 1, 3);
	expect_written(&scene, 1, 3);
}

static const struct form_operation operations[] = {
	{ "async-untouched", "with WP_ASYNC nothing reads as written that was not",
	  scan_untouched, NULL },
	{ "async-write", "with WP_ASYNC a write clears the bit, raises nothing, reads as written",
	  write_some, NULL },
	{ "async-protect-again", "with WP_ASYNC what is protected again reads as not written",
	  protect_again, NULL },
	{ "async-alone", "WP_ASYNC alone protects as well what is not there", alone,
	  form_is_present_anonymous },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
