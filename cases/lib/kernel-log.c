// SPDX-License-Identifier: GPL-2.0
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

/* Whether a line has a word by itself: "BUG:" is none in "DEBUG:". */
static bool has_word(const char *line, const char *word)
{
	const char *at = line;

	while ((at = strstr(at, word))) {
		if (at == line || !(isalnum(at[-1]) || at[-1] == '_'))
			return true;
		at++;
	}
	return false;
}

/* The harness reads the log itself, and knows which findings are allowed. */
static void complain(const char *line)
{
	if (getenv("UFFDWP_HARNESS"))
		printf("# the kernel says: %s\n", line);
	else
		case_fail("the kernel says: %s", line);
}

void kernel_log_expect_quiet(int fd)
{
	char record[2048];
	const char *line;
	ssize_t n;

	if (fd < 0)
		return;
	/* One read is one record; EPIPE tells of records that were overwritten. */
	while ((n = read(fd, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		if (n <= 0)
			continue;
		record[n] = '\0';
		record[strcspn(record, "\n")] = '\0';
		/* What stands before the semicolon is printk's: level, number, time. */
		line = strchr(record, ';');
		line = line ? line + 1 : record;
		if (has_word(line, "WARNING:") || has_word(line, "BUG:"))
			complain(line);
	}
	close(fd);
}
