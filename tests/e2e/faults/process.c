// SPDX-License-Identifier: GPL-2.0
/* Processes that end badly, or don't. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"

void crash_in_user_space(void)
{
	raise(SIGSEGV);
}

void fork_without_end(void)
{
	for (;;)
		if (fork() < 0)
			usleep(1000);
}

/* They hold the output open, and have left the case's session. */
void leave_children_behind(void)
{
	int i;

	for (i = 0; i < 300; i++) {
		if (fork())
			continue;
		setsid();
		for (;;)
			pause();
	}
}

void use_the_guest(void)
{
	close(open("/tmp/used", O_CREAT | O_WRONLY, 0600));
}

static void fail_where_used(const char *id)
{
	if (access("/tmp/used", F_OK))
		return;
	printf("# this guest has been used\nnot ok 1 %s\n", id);
	exit(1);
}

void fail_in_a_used_guest(void)
{
	fail_where_used("order/flaky");
}

void fail_the_second_time(void)
{
	fail_where_used("repeat/second");
	use_the_guest();
}
