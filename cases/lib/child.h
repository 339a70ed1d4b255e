/* SPDX-License-Identifier: GPL-2.0 */
/* Another process, under the case's time limit like the case itself. */
#ifndef CASES_CHILD_H
#define CASES_CHILD_H

#include <sys/types.h>

/*
 * fork(2), or the case ends; or begins anew where a page that is held under migration
 * did not come into the child as such.  What the child says counts as the case's.
 */
pid_t child_fork(void);
/* The child has said all it has to say. */
_Noreturn void child_exit(void);
/* Fails the case unless the child has come to its child_exit(). */
void child_wait(pid_t child);

#endif
