// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o ksm ksm-drops-uffd-wp.c; run as root; prints what was lost. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGES 64

static void put(const char *file, const char *text)
{
	int fd = open(file, O_WRONLY);

	if (write(fd, text, strlen(text)) < 0)
		perror(file);
	close(fd);
}

int main(void)
{
	size_t size = PAGES * 4096, i, lost = 0;
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int uffd = syscall(SYS_userfaultfd, O_NONBLOCK), pagemap = open("/proc/self/pagemap", O_RDONLY);
	struct uffdio_api api = { .api = UFFD_API, .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP };
	struct uffdio_register reg = { { (uintptr_t)p, size }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct uffdio_writeprotect wp = { { (uintptr_t)p, size }, UFFDIO_WRITEPROTECT_MODE_WP };
	uint64_t entry;

	memset(p, 'x', size);
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    ioctl(uffd, UFFDIO_WRITEPROTECT, &wp) || madvise(p, size, MADV_MERGEABLE))
		return perror("setup"), 1;
	put("/sys/kernel/mm/ksm/pages_to_scan", "1000");
	put("/sys/kernel/mm/ksm/run", "1");
	sleep(2);
	put("/sys/kernel/mm/ksm/run", "0");
	for (i = 0; i < PAGES; i++) {
		pread(pagemap, &entry, 8, ((uintptr_t)p / 4096 + i) * 8);
		lost += !(entry >> 57 & 1);
	}
	printf("%zu of %d pages have lost uffd-wp\n", lost, PAGES);
	return lost != 0;
}
