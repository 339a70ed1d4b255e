/* SPDX-License-Identifier: GPL-2.0 */
/* Reclaim, confirmed: a page that is still there is an error, never a pass. */
#ifndef CASES_RECLAIM_H
#define CASES_RECLAIM_H

#include <stddef.h>
#include <sys/types.h>

/* MADV_PAGEOUT, as a program asks for it. */
void reclaim_pageout(void *start, size_t length);

/* memory.reclaim of a cgroup, as the kernel does it by itself. */
void reclaim_enter_memcg(void);	/* before the pages are charged */
void reclaim_memcg(void *start, size_t length);
/* After the process that has entered it has ended. */
void reclaim_remove_memcg(pid_t pid);

#endif
