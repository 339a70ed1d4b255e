// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "kernel-version.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

/* pte_to_pagemap_entry() reports markers as swap entries of a type of their own. */
#define PM_SWAP_TYPE(e)	((e) & 0x1f)

/* include/linux/swap.h: the highest of the 5-bit types. */
#define SWP_PTE_MARKER	31
/*
 * The types next below are the device's and migration's; swap files have the
 * lowest. Where there is no device, there is no telling what it is.
 */
#define SWP_NO_FILE	16

void pagemap_needed(void)
{
	/* fb8e37f35a2f: mm/pagemap: export uffd-wp protection information */
	if (kernel_is_before(5, 14))
		case_skip("pagemap does not show uffd-wp before 5.14");
}

uint64_t pagemap_raw(const void *address)
{
	static int fd = -1;
	static pid_t owner;
	uint64_t raw;

	/* A child inherits the file, which shows its parent. */
	if (owner != getpid()) {
		if (fd >= 0)
			close(fd);
		owner = getpid();
		fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			case_error("/proc/self/pagemap: %s", strerror(errno));
	}
	if (pread(fd, &raw, sizeof(raw), (uintptr_t)address / getpagesize() * sizeof(raw)) !=
	    sizeof(raw))
		case_error("reading /proc/self/pagemap: %s", strerror(errno));
	return raw;
}

/*
 * Before 15520a3f0469, 6.2, swap-in errors had the highest type, and markers the
 * next below in kernels that had them; elsewhere that one is a device's.
 */
static unsigned int marker_type(void)
{
	static unsigned int type;

	if (!type && kernel_is_before(6, 2))
		type = uffd_has_markers() ? SWP_PTE_MARKER - 1 : SWP_PTE_MARKER;
	else if (!type)
		type = SWP_PTE_MARKER;
	return type;
}

static enum form form_of_type(unsigned int type)
{
	if (type >= marker_type())
		return FORM_MARKER;
	return type >= SWP_NO_FILE ? FORM_DEVICE : FORM_SWAP;
}

struct entry pagemap_entry(const void *address)
{
	struct entry entry = { FORM_NONE, false };
	uint64_t raw = pagemap_raw(address);

	entry.uffd_wp = raw & PM_UFFD_WP;
	if (raw & PM_PRESENT)
		entry.form = FORM_PRESENT;
	else if (raw & PM_SWAP)
		entry.form = form_of_type(PM_SWAP_TYPE(raw));
	else if (entry.uffd_wp)
		entry.form = FORM_MARKER;	/* hugetlb's markers have bit 57 alone */
	return entry;
}

const char *form_name(enum form form)
{
	static const char *const names[] = {
		[FORM_NONE] = "none",
		[FORM_PRESENT] = "present",
		[FORM_SWAP] = "swap",
		[FORM_MARKER] = "marker",
		[FORM_DEVICE] = "device",
		[FORM_EXCLUSIVE] = "exclusive",
		[FORM_MIGRATION] = "migration",
	};

	return names[form];
}
