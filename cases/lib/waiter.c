// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "result.h"
#include "waiter.h"

/* Looks at somebody asleep before that is taken for good. */
#define TRIES 100

static void *write_to_page(void *arg)
{
	struct waiter *waiter = arg;

	__atomic_store_n(&waiter->thread, gettid(), __ATOMIC_RELEASE);
	*waiter->page = WAITER_WRITES;
	return NULL;
}

enum state { SLEEPS, RUNS, ENDED };

/*
 * proc_pid_syscall() waits until a thread that is about to sleep is off its processor; of
 * one that is to run it says "running", and one that has ended has no such file.
 */
static enum state state_of(const struct waiter *waiter)
{
	char path[64], text[128];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/task/%d/syscall", waiter->process,
		 __atomic_load_n(&waiter->thread, __ATOMIC_ACQUIRE));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		n = read(fd, text, sizeof(text));
	if (n < 0 && errno != ENOENT && errno != ESRCH)
		case_error("%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	if (n <= 0)
		return ENDED;
	return strncmp(text, "running", strlen("running")) ? SLEEPS : RUNS;
}

bool waiter_sleeps(const struct waiter *waiter)
{
	return state_of(waiter) == SLEEPS;
}

void waiter_await_sleep(const struct waiter *waiter, int uffd)
{
	struct pollfd ready = { .fd = uffd, .events = POLLIN };
	enum state state;

	/* Its event can be seen a moment before it sleeps. */
	if (poll(&ready, 1, -1) != 1 || !(ready.revents & POLLIN))
		case_error("no event to wait for: %s", strerror(errno));
	while ((state = state_of(waiter)) != SLEEPS) {
		/* It is in the fault: without its file nobody would ever see it asleep. */
		if (state == ENDED)
			case_error("no /proc/PID/task/TID/syscall");
		sched_yield();
	}
}

void waiter_start(struct waiter *waiter, int uffd, char *page)
{
	*waiter = (struct waiter){ .page = page, .process = getpid() };
	if (pthread_create(&waiter->pthread, NULL, write_to_page, waiter))
		case_error("no thread to write with: %s", strerror(errno));
	waiter_await_sleep(waiter, uffd);
}

/* A woken thread may sleep again on its way, for a lock; in the fault it sleeps for good. */
void waiter_expect_end(struct waiter *waiter)
{
	int tries;

	for (tries = 0; waiter_sleeps(waiter); tries++) {
		if (tries == TRIES) {
			case_fail("nobody has woken the waiter");
			return;
		}
		sched_yield();
	}
	pthread_join(waiter->pthread, NULL);
	if (*waiter->page != WAITER_WRITES)
		case_fail("the page does not hold what was written");
}
