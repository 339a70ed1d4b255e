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

#endif
