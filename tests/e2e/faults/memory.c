// SPDX-License-Identifier: GPL-2.0
/* Faults of the memory: its end, and a fault without one. */
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.h"

#define STEP (16UL << 20)

static void allocate_without_end(void)
{
	char *at;

	/* Swap would only make it take longer. */
	while ((at = mmap(NULL, STEP, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE | MAP_LOCKED, -1, 0)) !=
	       MAP_FAILED)
		at[0] = 1;
}

void run_out_of_memory(void)
{
	allocate_without_end();
}

void starve_the_runner(void)
{
	write_into("/proc/self/oom_score_adj", "-1000");
	write_into("/proc/1/oom_score_adj", "1000");
	allocate_without_end();
}

/* The end of the stack of process 1, which holds its frames; the start is never far below. */
void kill_the_runner(void)
{
	static const char zeroes[65536];
	unsigned long start, end;
	char line[256];
	FILE *maps = fopen("/proc/1/maps", "r");
	int memory = open("/proc/1/mem", O_RDWR);

	while (maps && fgets(line, sizeof(line), maps)) {
		if (!strstr(line, "[stack]") || sscanf(line, "%lx-%lx", &start, &end) != 2)
			continue;
		for (; start < end; start += 4096)
			if (pwrite(memory, zeroes, 4096, start) < 0)
				perror("# pwrite");
	}
}

static void wake_without_resolving(int uffd)
{
	struct uffd_msg message;

	while (read(uffd, &message, sizeof(message)) == sizeof(message)) {
		struct uffdio_range range = {
			.start = message.arg.pagefault.address & ~4095UL,
			.len = 4096,
		};

		ioctl(uffd, UFFDIO_WAKE, &range);
	}
}

void livelock_a_fault(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = { .mode = UFFDIO_REGISTER_MODE_MISSING };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC);
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	reg.range.start = (unsigned long)page;
	reg.range.len = 4096;
	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg)) {
		perror("# userfaultfd");
		return;
	}
	if (!fork())
		wake_without_resolving(uffd);
	page[0] = 1;
}
