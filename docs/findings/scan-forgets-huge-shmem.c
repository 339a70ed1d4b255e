// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o scan scan-forgets-huge-shmem.c; needs shmem_enabled=advise; prints what reads as written. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define HUGE	(2UL << 20)
#define PAGE	4096UL
#define PAGES	(HUGE / PAGE)

/* include/uapi/linux/fs.h, linux/userfaultfd.h, of 6.7 */
struct scan {
	uint64_t size, flags, start, end, walk_end, vec, vec_len, max_pages;
	uint64_t category_inverted, category_mask, category_anyof_mask, return_mask;
};
#define PAGEMAP_SCAN		_IOWR('f', 16, struct scan)
#define PM_SCAN_WP_MATCHING	1
#define WP_HUGETLBFS_SHMEM	(1 << 12)
#define WP_UNPOPULATED		(1 << 13)
#define WP_ASYNC		(1 << 15)

static int pagemap;

static int count_protected(const char *p)
{
	uint64_t entries[PAGES];
	int i, n = 0;

	pread(pagemap, entries, sizeof(entries), (uintptr_t)p / PAGE * 8);
	for (i = 0; i < (int)PAGES; i++)
		n += entries[i] >> 57 & 1;
	return n;
}

int main(void)
{
	char *room = mmap(NULL, 2 * HUGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *p = (char *)(((uintptr_t)room + HUGE - 1) & ~(HUGE - 1));
	int file = memfd_create("scan", 0), uffd = syscall(SYS_userfaultfd, O_NONBLOCK);
	struct uffdio_api api = { .api = UFFD_API,
				  .features = WP_HUGETLBFS_SHMEM | WP_UNPOPULATED | WP_ASYNC };
	struct uffdio_register reg = { { (uintptr_t)p, HUGE }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct scan scan = { .size = sizeof(scan), .flags = PM_SCAN_WP_MATCHING,
			     .start = (uintptr_t)p, .end = (uintptr_t)p + HUGE };
	int left;

	pagemap = open("/proc/self/pagemap", O_RDONLY);
	if (ftruncate(file, HUGE) ||
	    mmap(p, HUGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file, 0) != p ||
	    madvise(p, HUGE, MADV_HUGEPAGE))
		return perror("shmem"), 1;
	*p = 'x';	/* all of it is there, mapped by one entry */
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg))
		return perror("setup"), 1;
	if (ioctl(pagemap, PAGEMAP_SCAN, &scan) < 0)
		return perror("PAGEMAP_SCAN"), 1;
	printf("%d of %lu pages are protected\n", count_protected(p), PAGES);
	*p = 'y';
	left = count_protected(p);
	printf("%d are, after a write to one\n", left);
	return left != PAGES - 1;
}
