// SPDX-License-Identifier: GPL-2.0
/* vm.max_map_count: a part of a mapping can't be registered where it can't be split off. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "forms.h"
#include "register.h"
#include "result.h"
#include "scene.h"
#include "setting.h"
#include "uffd.h"

#define LIMIT "/proc/sys/vm/max_map_count"
/* Few enough to be made in no time, and more than anybody else in the guest has. */
#define MAPPINGS 1000

/* Every other page is to be left out of core dumps, and so is a mapping of its own. */
static void make_mappings(void)
{
	size_t page_size = getpagesize(), page;
	char *start = mmap(NULL, MAPPINGS * page_size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);

	if (start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	for (page = 0; page < MAPPINGS; page += 2)
		if (madvise(start + page * page_size, page_size, MADV_DONTDUMP))
			case_error("MADV_DONTDUMP: %s", strerror(errno));
}

/* The limit is the guest's: it is there for one ioctl. */
static int try_register_at_limit(int uffd, void *start, size_t length)
{
	long before = setting_get(LIMIT);
	uint64_t ioctls;
	int error;

	setting_put(LIMIT, MAPPINGS);
	error = uffd_try_register(uffd, start, length, UFFDIO_REGISTER_MODE_WP, &ioctls);
	setting_put(LIMIT, before);
	return error;
}

void at_map_limit(const struct test_case *self)
{
	struct scene scene;
	size_t half;
	int error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	half = mapping_size(&scene.mapping) / 2;
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	make_mappings();
	error = try_register_at_limit(scene.uffd, scene.mapping.start, half);
	case_expect_error("UFFDIO_REGISTER", error, ENOMEM);
	error = uffd_try_protect(scene.uffd, scene.mapping.start, half);
	case_expect_error("UFFDIO_WRITEPROTECT", error, ENOENT);
	scene_expect_all(&scene, false, "after the refused registration");
	scene_write_all_freely(&scene);
}
