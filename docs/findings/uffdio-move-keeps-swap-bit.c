// SPDX-License-Identifier: GPL-2.0
/* gcc -static -o move uffdio-move-keeps-swap-bit.c; needs swap space; prints what arrives protected. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE	4096UL
#define PAGES	2

/* include/uapi/linux/userfaultfd.h, of 6.8 */
struct move {
	uint64_t dst, src, len, mode;
	int64_t move;
};
#define UFFD_MOVE	_IOWR(UFFDIO, 0x05, struct move)
#define FEATURE_MOVE	(1 << 16)

static int pagemap;

static uint64_t entry(const char *address)
{
	uint64_t entry = 0;

	pread(pagemap, &entry, 8, (uintptr_t)address / PAGE * 8);
	return entry;
}

static char *map(void)
{
	return mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int main(void)
{
	char *from = map(), *to = map();
	int uffd = syscall(SYS_userfaultfd, O_NONBLOCK), tries, i, kept = 0;
	struct uffdio_api api = { .api = UFFD_API, .features = FEATURE_MOVE };
	struct uffdio_register source = { { (uintptr_t)from, PAGES * PAGE },
					  UFFDIO_REGISTER_MODE_WP, 0 };
	struct uffdio_register target = { { (uintptr_t)to, PAGES * PAGE },
					  UFFDIO_REGISTER_MODE_MISSING, 0 };
	struct uffdio_writeprotect wp = { { (uintptr_t)from, PAGES * PAGE },
					  UFFDIO_WRITEPROTECT_MODE_WP };

	pagemap = open("/proc/self/pagemap", O_RDONLY);
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &source) ||
	    ioctl(uffd, UFFDIO_REGISTER, &target))
		return perror("setup"), 1;
	for (i = 0; i < PAGES; i++)
		from[i * PAGE] = 'x';
	if (ioctl(uffd, UFFDIO_WRITEPROTECT, &wp))
		return perror("UFFDIO_WRITEPROTECT"), 1;
	/* The second page is swapped out, and the first stays. */
	for (tries = 0; tries < 100 && !(entry(from + PAGE) >> 62 & 1); tries++)
		madvise(from + PAGE, PAGE, MADV_PAGEOUT);
	for (i = 0; i < PAGES; i++) {
		struct move move = { (uintptr_t)to + i * PAGE, (uintptr_t)from + i * PAGE, PAGE, 0, 0 };
		const char *form = entry(from + i * PAGE) >> 62 & 1 ? "swap entry" : "page";

		if (ioctl(uffd, UFFD_MOVE, &move))
			return perror("UFFDIO_MOVE"), 1;
		printf("the %s arrives %sprotected\n", form, entry(to + i * PAGE) >> 57 & 1 ? "" : "un");
		kept += entry(to + i * PAGE) >> 57 & 1;
	}
	return kept != 0;
}
