/* SPDX-License-Identifier: GPL-2.0 */
/* The PAGEMAP_SCAN ioctl of 6.7: what of each page holds, and protecting it in the same go. */
#ifndef CASES_PAGEMAP_SCAN_H
#define CASES_PAGEMAP_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* include/uapi/linux/fs.h */
#ifndef PAGE_IS_WRITTEN
#define PAGE_IS_WRITTEN		(1 << 1)
#define PAGE_IS_PRESENT		(1 << 3)
#define PAGE_IS_SWAPPED		(1 << 4)
#endif
#ifndef PM_SCAN_WP_MATCHING
#define PM_SCAN_WP_MATCHING	(1 << 0)
#endif

/* Which pages a scan is about, what it tells of them, and what it does to them. */
struct scan {
	uint64_t mask;		/* all of these categories */
	uint64_t anyof;		/* and one of these, if there are any */
	uint64_t tells;
	uint64_t flags;
};

/* The usual question, which the kernel answers by a way of its own. */
extern const struct scan scan_written;

/* categories[i] is what the scan tells of page i, or 0 where that is not among them. */
void pagemap_scan(char *start, size_t page_size, size_t pages, const struct scan *scan,
		  uint64_t *categories);
/* Protects every page, whatever it is, and tells nothing. */
void pagemap_scan_protect(char *start, size_t length);

#endif
