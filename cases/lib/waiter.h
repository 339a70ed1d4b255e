/* SPDX-License-Identifier: GPL-2.0 */
/* A thread that writes to a protected page, and waits there until somebody wakes it. */
#ifndef CASES_WAITER_H
#define CASES_WAITER_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

#define WAITER_WRITES 'W'

struct waiter {
	volatile char *page;
	pid_t process;
	pid_t thread;
	pthread_t pthread;
};

/* Returns when it sleeps in the fault, with its event not read yet. */
void waiter_start(struct waiter *waiter, int uffd, char *page);
/* The same for an event that it is about to raise once more. */
void waiter_await_sleep(const struct waiter *waiter, int uffd);
/* Whether it sleeps; one that has been woken does not, whether or not it has run since. */
bool waiter_sleeps(const struct waiter *waiter);
/* Fails the case unless it has been woken by now, and its write is done. */
void waiter_expect_end(struct waiter *waiter);

#endif
