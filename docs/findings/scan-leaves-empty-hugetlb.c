// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o scan scan-leaves-empty-hugetlb.c; needs 2 free huge pages; prints what is protected. */
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
#define PAGES	2

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

int main(void)
{
	char *p = mmap(NULL, PAGES * HUGE, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	int uffd = syscall(SYS_userfaultfd, O_NONBLOCK), pagemap = open("/proc/self/pagemap", O_RDONLY);
	struct uffdio_api api = { .api = UFFD_API,
				  .features = WP_HUGETLBFS_SHMEM | WP_UNPOPULATED | WP_ASYNC };
	struct uffdio_register reg = { { (uintptr_t)p, PAGES * HUGE }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct scan scan = { .size = sizeof(scan), .flags = PM_SCAN_WP_MATCHING,
			     .start = (uintptr_t)p, .end = (uintptr_t)p + PAGES * HUGE };
	int i, left = 0;

	if (p == MAP_FAILED || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg))
		return perror("setup"), 1;
	p[HUGE] = 'x';	/* the second is there, and so is the page table of both */
	if (ioctl(pagemap, PAGEMAP_SCAN, &scan) < 0)
		return perror("PAGEMAP_SCAN"), 1;
	for (i = 0; i < PAGES; i++) {
		uint64_t entry;

		pread(pagemap, &entry, 8, ((uintptr_t)p + i * HUGE) / 4096 * 8);
		printf("page %d is %sprotected\n", i, entry >> 57 & 1 ? "" : "not ");
		left += !(entry >> 57 & 1);
	}
	return left != 0;
}
