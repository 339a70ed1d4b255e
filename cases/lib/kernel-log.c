// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "kernel-log.h"
#include "result.h"

int kernel_log_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

void kernel_log_expect_quiet(int fd)
{
	char record[2048];
	ssize_t n;

	if (fd < 0)
		return;
	/* One read is one record; EPIPE tells of records that were overwritten. */
	while ((n = read(fd, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		if (n <= 0)
			continue;
		record[n] = '\0';
		record[strcspn(record, "\n")] = '\0';
		if (strstr(record, "WARNING:") || strstr(record, "BUG:"))
			case_fail("the kernel says: %s", strchr(record, ';') ?: record);
	}
	close(fd);
}
