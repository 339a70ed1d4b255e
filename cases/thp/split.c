// SPDX-License-Identifier: GPL-2.0
/* A huge page that small entries map, or that is split into small ones. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "reclaim.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

/* mm/huge_memory.c: split_huge_pages_write() */
static void split_by_debugfs(const struct huge *huge)
{
	int fd = open("/sys/kernel/debug/split_huge_pages", O_WRONLY | O_CLOEXEC);
	unsigned long start = (unsigned long)huge->start;

	if (fd < 0)
		case_skip("no split_huge_pages in debugfs: %s", strerror(errno));
	if (dprintf(fd, "%d,%#lx,%#lx", getpid(), start, start + HUGE_PAGE) < 0)
		case_error("split_huge_pages: %s", strerror(errno));
	close(fd);
	if (huge_is_mapped(huge->start, huge->shared))
		case_error("could not split");
}

void split(struct huge *huge)
{
	huge_protect(huge);
	split_by_debugfs(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "split");
	huge_write_around(huge, 0, SMALL_PAGES);
}

/* try_to_map_unused_to_zeropage(): pages of zeros need no memory of their own. */
void split_zeros(struct huge *huge)
{
	huge->data = '\0';
	memset(huge->start, huge->data, HUGE_PAGE);
	split(huge);
}

/* Small entries of what is still one page in the file: folio_unmap_pte_batch() */
void page_out_small_entries(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	reclaim_pageout(huge->start, HUGE_PAGE);
	huge_expect_only(huge, 0, SMALL_PAGES, "reclaimed");
	huge_write_some(huge);
}

/*
 * Before 6.15 page_make_device_exclusive_one() takes every small entry of the huge page, and
 * of them only the one that is asked for need be writable.
 */
void make_neighbour_exclusive(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	device_make_exclusive(huge->start, SMALL_PAGE, 1);
	huge_expect_only(huge, ONE, ONE + 1, "where a device has a page for itself");
	huge_write_around(huge, ONE, ONE + 1);
}
