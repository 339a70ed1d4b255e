/* SPDX-License-Identifier: GPL-2.0 */
/* The PAGEMAP_SCAN ioctl of 6.7: what of each page holds, and protecting it in the same go. */
#ifndef CASES_PAGEMAP_SCAN_H
#define CASES_PAGEMAP_SCAN_H

#include <linux/fs.h>
#include <stddef.h>
#include <stdint.h>

/* include/uapi/linux/fs.h, where the build host's is older. */
#ifndef PAGEMAP_SCAN
#define PAGEMAP_SCAN		_IOWR('f', 16, struct pm_scan_arg)
#define PAGE_IS_WRITTEN		(1 << 1)
#define PAGE_IS_PRESENT		(1 << 3)
#define PAGE_IS_SWAPPED		(1 << 4)
#define PM_SCAN_WP_MATCHING	(1 << 0)
#define PM_SCAN_CHECK_WPASYNC	(1 << 1)

struct page_region {
	__u64 start;
	__u64 end;
	__u64 categories;
};

struct pm_scan_arg {
	__u64 size;
	__u64 flags;
	__u64 start;
	__u64 end;
	__u64 walk_end;
	__u64 vec;
	__u64 vec_len;
	__u64 max_pages;
	__u64 category_inverted;
	__u64 category_mask;
	__u64 category_anyof_mask;
	__u64 return_mask;
};
#endif

/* 6.15 */
#ifndef PAGE_IS_GUARD
#define PAGE_IS_GUARD		(1 << 8)
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
/* The same with more flags: PM_SCAN_...; returns the error that the kernel gives, or 0. */
int pagemap_scan_try_protect(char *start, size_t length, uint64_t flags);

#endif
