// SPDX-License-Identifier: GPL-2.0
/*
 * Asynchronous write-protect: a write clears the bit and raises no event, and
 * PAGEMAP_SCAN tells what was written.  What was only zapped or reclaimed was not.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "case.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#define FEATURE_WP_UNPOPULATED	(1ULL << 13)
#define FEATURE_WP_ASYNC	(1ULL << 15)

/* include/uapi/linux/fs.h, of 6.7 */
struct scan {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};

struct region {
	uint64_t start, end, categories;
};

#define SCAN		_IOWR('f', 16, struct scan)
#define WRITTEN_TO	(1 << 1)

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL,
		  FEATURE_WP_ASYNC | FEATURE_WP_UNPOPULATED);
}

static bool lies_in(const struct scene *scene, size_t page, const struct region *regions, int n)
{
	uint64_t address = (uintptr_t)mapping_page(&scene->mapping, page);
	int i;

	for (i = 0; i < n; i++)
		if (regions[i].start <= address && address < regions[i].end)
			return true;
	return false;
}

/* Just the pages from @from to @to must read as written. */
static void expect_written(const struct scene *scene, size_t from, size_t to)
{
	struct region regions[PAGES];
	struct scan scan = {
		.size = sizeof(scan),
		.start = (uintptr_t)scene->mapping.start,
		.end = (uintptr_t)scene->mapping.start + mapping_size(&scene->mapping),
		.vec = (uintptr_t)regions,
		.vec_len = PAGES,
		.category_mask = WRITTEN_TO,
		.return_mask = WRITTEN_TO,
	};
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int n = ioctl(fd, SCAN, &scan);
	size_t i;

	if (n < 0)
		case_error("PAGEMAP_SCAN: %s", strerror(errno));
	for (i = 0; i < scene->mapping.pages; i++) {
		bool expected = from <= i && i < to;

		if (lies_in(scene, i, regions, n) != expected)
			case_fail("PAGEMAP_SCAN: page %zu reads as %swritten", i,
				  expected ? "not " : "");
	}
	close(fd);
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

static const struct form_operation operations[] = {
	{ "async-untouched", "with WP_ASYNC nothing reads as written that was not", scan_untouched },
	{ "async-write", "with WP_ASYNC a write clears the bit, raises nothing, reads as written",
	  write_some },
	{ "async-protect-again", "with WP_ASYNC what is protected again reads as not written",
	  protect_again },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS, NULL);
}
