// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <unistd.h>

#include "child.h"
#include "force.h"
#include "result.h"

/*
 * fs/proc/base.c: with PROC_MEM_FORCE_PTRACE only the tracer of a process may write its
 * memory with FOLL_FORCE.
 */
static int open_traced_memory(pid_t pid)
{
	char path[32];
	int fd;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL))
		case_error("PTRACE_SEIZE: %s", strerror(errno));
	snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		case_error("%s: %s", path, strerror(errno));
	return fd;
}

static _Noreturn void be_a_debugger(int asked, int answer)
{
	int memory = open_traced_memory(getppid());
	uintptr_t address;
	int ready = 0;

	if (write(answer, &ready, sizeof(ready)) != sizeof(ready))
		child_exit();
	while (read(asked, &address, sizeof(address)) == sizeof(address)) {
		int error = pwrite(memory, "W", 1, address) == 1 ? 0 : errno;

		if (write(answer, &error, sizeof(error)) != sizeof(error))
			break;
	}
	child_exit();
}

void force_begin(struct force *force)
{
	int asks[2], answers[2];
	int ready;

	if (pipe2(asks, O_CLOEXEC) || pipe2(answers, O_CLOEXEC))
		case_error("pipe: %s", strerror(errno));
	force->debugger = child_fork();
	if (!force->debugger) {
		close(asks[1]);
		be_a_debugger(asks[0], answers[1]);
	}
	close(asks[0]);
	close(answers[1]);
	force->ask = asks[1];
	force->answer = answers[0];
	/* Whoever ends before that would leave a debugger with nobody to trace. */
	if (read(force->answer, &ready, sizeof(ready)) != sizeof(ready))
		case_error("the debugger does not answer");
}

int force_write(const struct force *force, void *address)
{
	uintptr_t at = (uintptr_t)address;
	int error;

	if (write(force->ask, &at, sizeof(at)) != sizeof(at) ||
	    read(force->answer, &error, sizeof(error)) != sizeof(error))
		case_error("the debugger does not answer");
	return error;
}

void force_end(struct force *force)
{
	close(force->ask);
	close(force->answer);
	child_wait(force->debugger);
}
