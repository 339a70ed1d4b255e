// SPDX-License-Identifier: GPL-2.0
/* What a guest may do to its machine. */
#include <stdio.h>
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
