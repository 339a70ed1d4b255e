/* SPDX-License-Identifier: GPL-2.0 */
/* Device-private memory, through the kernel's own test device (lib/test_hmm.c). */
#ifndef CASES_DEVICE_H
#define CASES_DEVICE_H

#include <stddef.h>

/*
 * Migrates pages into the device's memory and confirms that they are there: a
 * page that stays is an error. Skips the case where there is no such device.
 */
void device_migrate_to(char *start, size_t page_size, size_t pages);
/* The same of a huge page (THP) as one; skips the case where the device takes small ones only. */
void device_migrate_huge(char *start);
/* Asks for pages once, of which the kernel may refuse some, or all: the caller looks what went. */
void device_offer(char *start, size_t page_size, size_t pages);
/*
 * Gives the device exclusive access to pages that stay where they are, and
 * confirms that it has it. They must be writable: the kernel gets them for writing.
 */
void device_make_exclusive(char *start, size_t page_size, size_t pages);
/* Has the device read each page; returns the error that it gets, or 0. */
int device_read(char *start, size_t page_size, size_t pages);

#endif
