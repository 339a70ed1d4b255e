// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o guard guard-install-never-returns.c; run as root. */
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
#define MADV_GUARD_INSTALL 102

int main(void)
{
	int fd = memfd_create("x", 0), uffd = syscall(SYS_userfaultfd, O_NONBLOCK);
	char *p = ftruncate(fd, 4096) ? NULL : mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	struct uffdio_api api = { .api = UFFD_API, .features = WP_HUGETLBFS_SHMEM };
	struct uffdio_register reg = { { (uintptr_t)p, 4096 }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct uffdio_writeprotect wp = { { (uintptr_t)p, 4096 }, UFFDIO_WRITEPROTECT_MODE_WP };

	/* Nothing is mapped yet: write-protecting leaves a marker. */
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    ioctl(uffd, UFFDIO_WRITEPROTECT, &wp))
		return perror("setup"), 1;
	/* Death by SIGALRM is the bug. */
	alarm(3);
	printf("MADV_GUARD_INSTALL: %d\n", madvise(p, 4096, MADV_GUARD_INSTALL));
	return 0;
}
