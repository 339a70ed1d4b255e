// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/swap.h>

#include "result.h"
#include "swap.h"

/* The first device of /proc/swaps. */
static bool find_device(char *device, size_t size)
{
	FILE *swaps = fopen("/proc/swaps", "re");
	bool found;

	if (!swaps)
		return false;
	/* The first line is the table's head. */
	found = fgets(device, size, swaps) && fgets(device, size, swaps);
	fclose(swaps);
	device[strcspn(device, " \t\n")] = '\0';
	return found;
}

void swap_needed(void)
{
	char device[256];

	if (!find_device(device, sizeof(device)))
		case_skip("no swap");
}

void swap_off_and_on(void)
{
	char device[256];

	if (!find_device(device, sizeof(device)))
		case_skip("no swap");
	if (swapoff(device))
		case_error("swapoff %s: %s", device, strerror(errno));
	if (swapon(device, 0))
		case_error("swapon %s: %s", device, strerror(errno));
}
