// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "result.h"
#include "setting.h"

static int open_setting(const char *file, int flags)
{
	int fd = open(file, flags | O_CLOEXEC);

	if (fd < 0)
		case_skip("%s: %s", file, strerror(errno));
	return fd;
}

void setting_put(const char *file, long value)
{
	int fd = open_setting(file, O_WRONLY);

	if (dprintf(fd, "%ld", value) < 0)
		case_error("%s: %s", file, strerror(errno));
	close(fd);
}

long setting_get(const char *file)
{
	char text[32] = "";
	int fd = open_setting(file, O_RDONLY);

	if (read(fd, text, sizeof(text) - 1) <= 0)
		case_error("%s: %s", file, strerror(errno));
	close(fd);
	return atol(text);
}
