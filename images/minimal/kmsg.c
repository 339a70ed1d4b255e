// SPDX-License-Identifier: GPL-2.0
/* Lines of ours in the kernel log, so that a splat has a neighbour we know. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "guest.h"

void kmsg(const char *format, ...)
{
	char line[512];
	va_list args;
	int n, fd;

	n = snprintf(line, sizeof(line), "<5>uffdwp: ");
	va_start(args, format);
	n += vsnprintf(line + n, sizeof(line) - n, format, args);
	va_end(args);
	if (n > (int)sizeof(line) - 2)
		n = sizeof(line) - 2;
	/* Without a newline the record stays open, and unseen, until the next. */
	line[n++] = '\n';

	fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	/* Where even the kernel log takes nothing, nobody is left to be told. */
	n = write(fd, line, n);
	(void)n;
	close(fd);
}
