// SPDX-License-Identifier: GPL-2.0
/* The shell of an interactive guest: busybox, where the host has packed it in. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "guest.h"

#define SHELL "/bin/busybox"
#define CONSOLE "/dev/ttyS0"

int has_shell(void)
{
	return !access(SHELL, X_OK);
}

static void become_shell(void)
{
	int console;

	setsid();
	console = open(CONSOLE, O_RDWR);
	ioctl(console, TIOCSCTTY, 1);
	dup2(console, STDIN_FILENO);
	dup2(console, STDOUT_FILENO);
	dup2(console, STDERR_FILENO);
	setenv("PATH", "/cases:/bin", 1);
	setenv("HOME", "/", 1);
	setenv("PS1", "guest# ", 1);
	dprintf(console, "The cases lie in /cases, each with --list; exit powers off.\n");
	execl(SHELL, "sh", NULL);
	_exit(127);
}

void run_shell(void)
{
	pid_t shell = fork();

	if (!shell)
		become_shell();
	/* Everything that loses its parent becomes ours to bury. */
	while (shell > 0 && wait(NULL) != shell)
		;
}
