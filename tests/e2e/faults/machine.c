// SPDX-License-Identifier: GPL-2.0
/* What a guest may do to its machine. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
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

/* What every host has, and no image. */
static const char *const host_files[] = { "/home", "/usr", "/etc/passwd" };

static int see_host_files(void)
{
	int seen = 0;
	size_t i;

	for (i = 0; i < sizeof(host_files) / sizeof(*host_files); i++) {
		if (access(host_files[i], F_OK))
			continue;
		printf("# %s is there\n", host_files[i]);
		seen++;
	}
	return seen;
}

/* A share that nobody has mounted is as good as one that is. */
static void mount_every_share(void)
{
	DIR *devices = opendir("/sys/bus/virtio/devices");
	struct dirent *entry;
	char path[512], tag[256];
	FILE *file;

	while (devices && (entry = readdir(devices))) {
		snprintf(path, sizeof(path), "/sys/bus/virtio/devices/%s/mount_tag", entry->d_name);
		file = fopen(path, "r");
		if (!file)
			continue;
		if (!fgets(tag, sizeof(tag), file))
			*tag = '\0';
		fclose(file);
		tag[strcspn(tag, "\n")] = '\0';
		snprintf(path, sizeof(path), "/tmp/%s", entry->d_name);
		mkdir(path, 0755);
		if (mount(tag, path, "9p", 0, "trans=virtio,version=9p2000.L"))
			printf("# share %s: %s\n", tag, strerror(errno));
	}
}

/* Read-only by the guest's own will is no wall: that is taken away first. */
static int can_write_below(const char *directory)
{
	char path[512];
	int fd, error;

	if (mount(NULL, directory, NULL, MS_REMOUNT, NULL))
		printf("# %s can't be remounted: %s\n", directory, strerror(errno));
	snprintf(path, sizeof(path), "%s/written-by-a-guest", directory);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0644);
	error = errno;
	printf("# %s: %s\n", path, fd < 0 ? strerror(error) : "written");
	if (fd < 0)
		return error != EROFS && error != EACCES && error != EPERM;
	close(fd);
	unlink(path);
	return 1;
}

void write_to_the_host(void)
{
	int shares = 0, bad = see_host_files();
	struct mntent *entry;
	FILE *mounts;

	mount_every_share();
	mounts = setmntent("/proc/mounts", "r");
	while (mounts && (entry = getmntent(mounts))) {
		if (strcmp(entry->mnt_type, "9p"))
			continue;
		shares++;
		bad += can_write_below(entry->mnt_dir);
	}
	printf("# %d shares of the host\n", shares);
	if (mounts && !bad)
		return;
	printf("not ok 1 machine/host\n");
	exit(1);
}
