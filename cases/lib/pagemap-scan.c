// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pagemap-scan.h"
#include "result.h"

#define MOST_REGIONS 64

/* include/uapi/linux/fs.h: struct pm_scan_arg, struct page_region */
struct argument {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};

struct region {
	uint64_t start, end, categories;
};

#define SCAN _IOWR('f', 16, struct argument)

const struct scan scan_written = { .mask = PAGE_IS_WRITTEN, .tells = PAGE_IS_WRITTEN };

static int scan_ioctl(struct argument *argument)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int n = ioctl(fd, SCAN, argument);

	if (n < 0 && errno == ENOTTY)
		case_skip("no PAGEMAP_SCAN");
	if (n < 0)
		case_error("PAGEMAP_SCAN: %s", strerror(errno));
	close(fd);
	return n;
}

static uint64_t categories_at(uint64_t address, const struct region *regions, int n)
{
	int i;

	for (i = 0; i < n; i++)
		if (regions[i].start <= address && address < regions[i].end)
			return regions[i].categories;
	return 0;
}

void pagemap_scan(char *start, size_t page_size, size_t pages, const struct scan *scan,
		  uint64_t *categories)
{
	struct region regions[MOST_REGIONS];
	struct argument argument = {
		.size = sizeof(argument),
		.flags = scan->flags,
		.start = (uintptr_t)start,
		.end = (uintptr_t)start + pages * page_size,
		.vec = (uintptr_t)regions,
		.vec_len = MOST_REGIONS,
		.category_mask = scan->mask,
		.category_anyof_mask = scan->anyof,
		.return_mask = scan->tells,
	};
	int n = scan_ioctl(&argument);
	size_t i;

	for (i = 0; i < pages; i++)
		categories[i] = categories_at((uintptr_t)start + i * page_size, regions, n);
}

void pagemap_scan_protect(char *start, size_t length)
{
	struct argument argument = {
		.size = sizeof(argument),
		.flags = PM_SCAN_WP_MATCHING,
		.start = (uintptr_t)start,
		.end = (uintptr_t)start + length,
	};

	scan_ioctl(&argument);
}
