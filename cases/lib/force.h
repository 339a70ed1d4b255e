/* SPDX-License-Identifier: GPL-2.0 */
/* A debugger: it writes our memory with FOLL_FORCE, through /proc/PID/mem, read-only or not. */
#ifndef CASES_FORCE_H
#define CASES_FORCE_H

#include <sys/types.h>

struct force {
	int ask, answer;	/* pipes: an address, and what came of it */
	pid_t debugger;
};

/* Before any page is there: a fork would share it, and shared pages are not written by force. */
void force_begin(struct force *force);
/* Writes a byte; returns the error that the kernel gives, or 0. */
int force_write(const struct force *force, void *address);
void force_end(struct force *force);

#endif
