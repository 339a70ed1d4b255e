// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "pagemap-scan.h"
#include "result.h"

#define MOST_REGIONS 64

const struct scan scan_written = { .mask = PAGE_IS_WRITTEN, .tells = PAGE_IS_WRITTEN };

/* Returns how many regions there are, or the error as a negative number. */
static int try_scan(struct pm_scan_arg *args)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	int n;

	if (fd < 0)
		case_error("/proc/self/pagemap: %s", strerror(errno));
	n = ioctl(fd, PAGEMAP_SCAN, args);
	if (n < 0 && errno == ENOTTY)
		case_skip("no PAGEMAP_SCAN");
	if (n < 0)
		n = -errno;
	close(fd);
	return n;
}

static int scan_ioctl(struct pm_scan_arg *args)
{
	int n = try_scan(args);

	if (n == -EINVAL && (args->category_mask & PAGE_IS_GUARD))
		case_skip("no PAGE_IS_GUARD");
	if (n < 0)
		case_error("PAGEMAP_SCAN: %s", strerror(-n));
	return n;
}

static uint64_t categories_at(uint64_t address, const struct page_region *regions, int n)
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
	struct page_region regions[MOST_REGIONS];
	struct pm_scan_arg args = {
		.size = sizeof(args),
		.flags = scan->flags,
		.start = (uintptr_t)start,
		.end = (uintptr_t)start + pages * page_size,
		.vec = (uintptr_t)regions,
		.vec_len = MOST_REGIONS,
		.category_mask = scan->mask,
		.category_anyof_mask = scan->anyof,
		.return_mask = scan->tells,
	};
	int n = scan_ioctl(&args);
	size_t i;

	for (i = 0; i < pages; i++)
		categories[i] = categories_at((uintptr_t)start + i * page_size, regions, n);
}

int pagemap_scan_try_protect(char *start, size_t length, uint64_t flags)
{
	struct pm_scan_arg args = {
		.size = sizeof(args),
		.flags = PM_SCAN_WP_MATCHING | flags,
		.start = (uintptr_t)start,
		.end = (uintptr_t)start + length,
	};
	int n = try_scan(&args);

	return n < 0 ? -n : 0;
}

void pagemap_scan_protect(char *start, size_t length)
{
	int error = pagemap_scan_try_protect(start, length, 0);

	if (error)
		case_error("PAGEMAP_SCAN: %s", strerror(error));
}
