// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <sys/utsname.h>

#include "kernel-version.h"

bool kernel_is_before(int major, int minor)
{
	struct utsname name;
	int has_major, has_minor;

	uname(&name);
	return sscanf(name.release, "%d.%d", &has_major, &has_minor) == 2 &&
	       (has_major < major || (has_major == major && has_minor < minor));
}
