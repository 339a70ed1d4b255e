// SPDX-License-Identifier: GPL-2.0
/* The file systems that cases expect, over a root that may be read-only. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest.h"

static const struct {
	const char *type;
	const char *target;
	const char *options;
} file_systems[] = {
	{ "proc", "/proc", NULL },
	{ "sysfs", "/sys", NULL },
	{ "devtmpfs", "/dev", NULL },
	{ "tmpfs", "/dev/shm", NULL },
	{ "tmpfs", "/tmp", NULL },
	{ "tmpfs", "/run", NULL },
	{ "debugfs", "/sys/kernel/debug", NULL },
	{ "cgroup2", "/sys/fs/cgroup", NULL },
};

/* What a kernel lacks is missed by the case that needs it, not here. */
void mount_file_systems(void)
{
	size_t i;

	for (i = 0; i < sizeof(file_systems) / sizeof(*file_systems); i++) {
		mkdir(file_systems[i].target, 0755);
		mount(file_systems[i].type, file_systems[i].target,
		      file_systems[i].type, 0, file_systems[i].options);
	}
	write_file("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
}
