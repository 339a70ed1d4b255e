/* SPDX-License-Identifier: GPL-2.0 */
/* A file of the kernel's that holds a number. */
#ifndef CASES_SETTING_H
#define CASES_SETTING_H

/* Both skip the case where there is no such file. */
long setting_get(const char *file);
void setting_put(const char *file, long value);

#endif
