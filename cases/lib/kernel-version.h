/* SPDX-License-Identifier: GPL-2.0 */
/* For what a kernel does or lacks, and says of it nowhere. */
#ifndef CASES_KERNEL_VERSION_H
#define CASES_KERNEL_VERSION_H

#include <stdbool.h>

bool kernel_is_before(int major, int minor);

#endif
