// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "migrate.h"
#include "result.h"

pid_t child_fork(void)
{
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child < 0)
		case_error("fork: %s", strerror(errno));
	if (child)
		migrate_confirm(0);
	return child;
}

void child_exit(void)
{
	fflush(stdout);
	_exit(0);
}

void child_wait(pid_t child)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		case_error("waitpid: %s", strerror(errno));
	if (WIFSIGNALED(status))
		case_fail("the child was killed by signal %d", WTERMSIG(status));
	else if (WEXITSTATUS(status))
		case_error("the child exited with %d", WEXITSTATUS(status));
}
