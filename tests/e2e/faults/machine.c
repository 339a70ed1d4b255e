// SPDX-License-Identifier: GPL-2.0
/* What a guest may do to its machine. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <time.h>
#include <unistd.h>

#include "fault.h"

void power_off_by_itself(void)
{
	reboot(RB_POWER_OFF);
}

void reboot_by_itself(void)
{
	reboot(RB_AUTOBOOT);
}

void halt_by_itself(void)
{
	reboot(RB_HALT_SYSTEM);
}

void turn_the_clock(void)
{
	struct timespec future = { .tv_sec = 4000000000 };
	struct timespec past = { .tv_sec = 1000000 };

	if (clock_settime(CLOCK_REALTIME, &future) || clock_settime(CLOCK_REALTIME, &past))
		perror("# clock_settime");
}

/* The base class of a network controller, PCI Code and ID Assignment Specification. */
#define NETWORK_CONTROLLER 0x02

static unsigned int pci_base_class(const char *device)
{
	unsigned int class = 0;
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/class", device);
	file = fopen(path, "r");
	if (!file || fscanf(file, "%x", &class) != 1)
		printf("# %s can't be read\n", path);
	if (file)
		fclose(file);
	return class >> 16;
}

void look_for_a_network_card(void)
{
	DIR *devices = opendir("/sys/bus/pci/devices");
	struct dirent *entry;
	int found = 0, cards = 0;

	while (devices && (entry = readdir(devices))) {
		if (*entry->d_name == '.')
			continue;
		found++;
		cards += pci_base_class(entry->d_name) == NETWORK_CONTROLLER;
	}
	printf("# %d devices, %d network cards\n", found, cards);
	if (found && !cards)
		return;
	printf("not ok 1 machine/network\n");
	exit(1);
}

/* drivers/char/virtio_console.c names a port here as QEMU's command line does. */
#define PORTS "/sys/class/virtio-ports"

static int is_of_the_harness(const char *port)
{
	char path[512], name[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), PORTS "/%s/name", port);
	file = fopen(path, "r");
	if (!file || !fgets(name, sizeof(name), file))
		printf("# %s can't be read\n", path);
	if (file)
		fclose(file);
	return !strncmp(name, "uffdwp.", strlen("uffdwp."));
}

void write_into_ports(void)
{
	DIR *ports = opendir(PORTS);
	struct dirent *entry;
	char path[512];
	int written = 0;

	while (ports && (entry = readdir(ports))) {
		if (*entry->d_name == '.' || is_of_the_harness(entry->d_name))
			continue;
		snprintf(path, sizeof(path), "/dev/%s", entry->d_name);
		write_into(path, "a guest has written this into a port\n");
		written++;
	}
	printf("# written into %d ports\n", written);
}
