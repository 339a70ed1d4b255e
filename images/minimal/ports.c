// SPDX-License-Identifier: GPL-2.0
/* virtio-serial ports, found by name in sysfs: no udev makes links for us. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

#define PORTS "/sys/class/virtio-ports"

static int has_name(const char *port, const char *name)
{
	char path[320];
	char found[128];
	ssize_t n;

	snprintf(path, sizeof(path), PORTS "/%s/name", port);
	n = read_file(path, found, sizeof(found) - 1);
	if (n <= 0)
		return 0;
	found[n] = '\0';
	found[strcspn(found, "\n")] = '\0';
	return !strcmp(found, name);
}

static int open_port_once(const char *name)
{
	DIR *ports = opendir(PORTS);
	struct dirent *entry;
	char path[320];
	int fd = -1;

	if (!ports)
		return -1;
	while (fd < 0 && (entry = readdir(ports))) {
		if (!has_name(entry->d_name, name))
			continue;
		snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
		fd = open(path, O_RDWR | O_CLOEXEC);
	}
	closedir(ports);
	return fd;
}

/* The host names a port in a message of its own, which may come after us. */
int open_port(const char *name)
{
	int tries;
	int fd;

	for (tries = 0; tries < 2000; tries++) {
		fd = open_port_once(name);
		if (fd >= 0)
			return fd;
		usleep(5000);
	}
	return -1;
}
