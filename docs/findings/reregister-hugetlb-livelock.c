// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o reregister reregister-hugetlb-livelock.c; run as root, with a free page of 2 MiB. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define WP_HUGETLBFS_SHMEM (1 << 12)
#define SIZE (2UL << 20)

int main(void)
{
	int uffd = syscall(SYS_userfaultfd, O_NONBLOCK);
	char *p = mmap(NULL, SIZE, PROT_READ | PROT_WRITE,
		       MAP_SHARED | MAP_ANONYMOUS | MAP_HUGETLB | MAP_POPULATE, -1, 0);
	struct uffdio_api api = { .api = UFFD_API, .features = WP_HUGETLBFS_SHMEM };
	struct uffdio_register reg = { { (uintptr_t)p, SIZE }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct uffdio_writeprotect wp = { { (uintptr_t)p, SIZE }, UFFDIO_WRITEPROTECT_MODE_WP };

	if (p == MAP_FAILED || ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    ioctl(uffd, UFFDIO_WRITEPROTECT, &wp))
		return perror("setup"), 1;
	reg.mode = UFFDIO_REGISTER_MODE_MISSING;
	if (ioctl(uffd, UFFDIO_REGISTER, &reg))
		return perror("UFFDIO_REGISTER again"), 1;
	/* The page is there, and nobody follows writes: death by SIGALRM is the bug. */
	alarm(3);
	*(volatile char *)p = 1;
	puts("written");
	return 0;
}
