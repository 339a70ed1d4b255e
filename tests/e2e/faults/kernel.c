// SPDX-License-Identifier: GPL-2.0
/* Faults of the kernel: drivers/misc/lkdtm and drivers/tty/sysrq.c know how. */
#include <fcntl.h>
#include <unistd.h>

#include "fault.h"

static void lkdtm(const char *what)
{
	write_into("/sys/kernel/debug/provoke-crash/DIRECT", what);
}

void panic_by_sysrq(void)
{
	write_into("/proc/sysrq-trigger", "c");
}

void kernel_bug(void)
{
	lkdtm("BUG");
}

void null_dereference(void)
{
	lkdtm("EXCEPTION");
}

void warn_once(void)
{
	lkdtm("WARNING");
}

void warn_in_a_flood(void)
{
	int i;

	for (i = 0; i < 40; i++)
		lkdtm("WARNING");
}

/* Over for who reads the log: with its own mark it is the first case of its guest. */
void warn_after_the_end(void)
{
	write_into("/dev/kmsg", "<5>uffdwp: end 1\n");
	lkdtm("WARNING");
	usleep(100000);
}

/* The watchdog barks after twice its threshold. */
void soft_lockup(void)
{
	write_into("/proc/sys/kernel/watchdog_thresh", "1");
	lkdtm("SOFTLOCKUP");
}

void hang_with_interrupts_off(void)
{
	lkdtm("HARDLOCKUP");
}

/* A grace period begins on another processor: every file that is closed asks for one. */
void rcu_stall(void)
{
	pid_t closer = fork();

	while (!closer)
		close(open("/dev/null", O_RDONLY));
	write_into("/proc/sys/kernel/watchdog", "0");
	write_into("/sys/module/rcupdate/parameters/rcu_cpu_stall_timeout", "3");
	usleep(100000);
	lkdtm("SOFTLOCKUP");
}

/* Nothing says so: the case itself has ended well. */
void leave_a_child_in_d_state(void)
{
	if (!fork()) {
		lkdtm("HUNG_TASK");
		_exit(0);
	}
	usleep(200000);
}

void sleep_in_d_state(void)
{
	write_into("/proc/sys/kernel/hung_task_timeout_secs", "1");
	lkdtm("HUNG_TASK");
}
