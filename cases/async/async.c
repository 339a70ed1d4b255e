// SPDX-License-Identifier: GPL-2.0
/*
 * Asynchronous write-protect: a write clears the bit and raises no event, and
 * PAGEMAP_SCAN tells what was written.  What was only zapped or reclaimed was not.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

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

/* Pages of a file that is no shmem; the file system is gone when the case is. */
static struct mapping map_ramfs(void)
{
	struct mapping mapping = { .kind = SHMEM, .page_size = getpagesize(), .pages = PAGES };
	int fs = fsopen("ramfs", FSOPEN_CLOEXEC);
	int root = -1;

	if (fs >= 0 && !fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		root = fsmount(fs, FSMOUNT_CLOEXEC, 0);
	if (root < 0)
		case_error("ramfs: %s", strerror(errno));
	mapping.fd = openat(root, "file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (mapping.fd < 0 || ftruncate(mapping.fd, mapping_size(&mapping)))
		case_error("a file on ramfs: %s", strerror(errno));
	mapping.start = mmap(NULL, mapping_size(&mapping), PROT_READ | PROT_WRITE, MAP_SHARED,
			     mapping.fd, 0);
	if (mapping.start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return mapping;
}

/* vma_can_userfault(): nobody has to be asked for pages, so whose they are does not matter. */
static void any_file(const struct test_case *self)
{
	struct scene scene = { .mapping = map_ramfs(), .pattern = ALL };
	size_t size = mapping_size(&scene.mapping);
	int synchronous = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	uint64_t ioctls;

	case_expect_error("UFFDIO_REGISTER without WP_ASYNC",
			  uffd_try_register(synchronous, scene.mapping.start, size,
					    UFFDIO_REGISTER_MODE_WP, &ioctls),
			  EINVAL);
	scene.uffd = uffd_open(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	uffd_register(scene.uffd, scene.mapping.start, size);
	scene_write_all_freely(&scene);
	scene_protect(&scene);
	expect_written(&scene, 0, 0);
	scene_write_freely(&scene, 1, 3);
	expect_written(&scene, 1, 3);
	uffd_unregister(scene.uffd, scene.mapping.start, size);
	scene_expect_all(&scene, false, "unregistered");
	scene_write_all_freely(&scene);
}

static bool is_present_shmem(const struct protected_form *form)
{
	return form->kind == SHMEM && form_is_present(form);
}

static const struct form_operation operations[] = {
	{ "async-untouched", "with WP_ASYNC nothing reads as written that was not",
	  scan_untouched, NULL },
	{ "async-write", "with WP_ASYNC a write clears the bit, raises nothing, reads as written",
	  write_some, NULL },
	{ "async-protect-again", "with WP_ASYNC what is protected again reads as not written",
	  protect_again, NULL },
	{ "async-any-file", "with WP_ASYNC a file of any other file system does as well", any_file,
	  is_present_shmem },
	{ "async-alone", "WP_ASYNC alone protects as well what is not there", alone,
	  form_is_present_anonymous },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
