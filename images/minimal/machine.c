// SPDX-License-Identifier: GPL-2.0
/* Swap, huge pages and knobs of the memory management. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/swap.h>
#include <linux/fs.h>
#include <unistd.h>

#include "guest.h"

#define SWAP_DEVICE "/dev/ram0"

/* As union swap_header in include/linux/swap.h has it, without the bad pages. */
struct swap_header {
	char boot[1024];
	uint32_t version;
	uint32_t last_page;
	uint32_t nr_badpages;
	char rest[4096 - 1024 - 12 - 10];
	char magic[10];
};

_Static_assert(sizeof(struct swap_header) == 4096, "a swap header fills a page");

static int write_swap_header(void)
{
	struct swap_header header = { .version = 1, .magic = "SWAPSPACE2" };
	int fd = open(SWAP_DEVICE, O_RDWR | O_CLOEXEC);
	uint64_t size;
	int ret;

	if (fd < 0)
		return -1;
	ret = ioctl(fd, BLKGETSIZE64, &size);
	header.last_page = size / sizeof(header) - 1;
	if (!ret)
		ret = write_all(fd, &header, sizeof(header));
	close(fd);
	return ret;
}

static void set_up_swap(void)
{
	if (write_swap_header() || swapon(SWAP_DEVICE, 0))
		kmsg("no swap on " SWAP_DEVICE ": %s", strerror(errno));
}

void set_up_machine(void)
{
	set_up_swap();
	/* Readahead would bring neighbours back that a case has reclaimed. */
	write_file("/proc/sys/vm/page-cluster", "0");
	write_file("/proc/sys/kernel/numa_balancing", "0");
	write_file("/proc/sys/vm/nr_hugepages", "64");
	write_file("/sys/kernel/mm/transparent_hugepage/shmem_enabled", "advise");
	write_file("/sys/kernel/mm/ksm/run", "0");
	/* A case that forks without end shall find an end before the memory does. */
	write_file("/proc/sys/kernel/threads-max", "2048");
	write_file("/proc/sys/vm/oom_dump_tasks", "0");
	/* From here on the log shows all but debugging. */
	write_file("/proc/sys/kernel/printk", "7");
}
