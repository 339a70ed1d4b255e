/* SPDX-License-Identifier: GPL-2.0 */
/* Accesses that may raise a signal. */
#ifndef CASES_TOUCH_H
#define CASES_TOUCH_H

/* Reads a byte; returns the signal that this raised, or 0. */
int touch(const char *address);

#endif
