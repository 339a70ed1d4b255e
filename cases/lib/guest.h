/* SPDX-License-Identifier: GPL-2.0 */
/* The guest's settings, which every case leaves as it found them. */
#ifndef CASES_GUEST_H
#define CASES_GUEST_H

#include <stddef.h>

#define GUEST_SETTINGS	14
#define GUEST_TEXT	192

/* Each as its file shows it; empty where the kernel has none. */
struct guest_settings {
	char text[GUEST_SETTINGS][GUEST_TEXT];
};

void guest_look(struct guest_settings *settings);
/* The file of a setting that differs from what it was, or NULL. */
const char *guest_changed_since(const struct guest_settings *before);

#endif
