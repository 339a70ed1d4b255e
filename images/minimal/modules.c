// SPDX-License-Identifier: GPL-2.0
/* Loads the modules that the host has packed, in the order it has worked out. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest.h"

/* One line of the list: a path, then the module's parameters if it has any. */
static void load_module(char *line)
{
	char *parameters = line + strcspn(line, " \n");
	int fd;

	line[strcspn(line, "\n")] = '\0';
	if (*parameters)
		*parameters++ = '\0';
	fd = open(line, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || syscall(SYS_finit_module, fd, parameters, 0))
		kmsg("module %s: %s", line, strerror(errno));
	if (fd >= 0)
		close(fd);
}

void load_modules(const char *list)
{
	FILE *file = fopen(list, "re");
	char line[512];

	if (!file)
		return;
	while (fgets(line, sizeof(line), file))
		load_module(line);
	fclose(file);
}
