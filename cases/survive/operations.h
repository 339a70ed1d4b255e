/* SPDX-License-Identifier: GPL-2.0 */
/* What disturbs a protected page. */
#ifndef CASES_OPERATIONS_H
#define CASES_OPERATIONS_H

#include "scene.h"

struct operation {
	const char *name;
	/* What it is to the reader of a title. */
	const char *title;
	/* Does it, to all pages; NULL: nothing comes between protecting and the deed. */
	void (*disturb)(const struct scene *scene);
};

extern const struct operation nothing, write_protect_unpopulated, madv_dontneed,
	madv_dontneed_twice, pageout, memcg_reclaim, punch_hole, madv_remove, truncate_and_grow,
	mprotect_none, populate_read;
extern const struct operation madv_dontneed_locked, swapoff_and_on, migration,
	fork_without_event, soft_dirty, lock, mprotect_half, write_protect_again,
	write_protect_anew, read_pin;

#endif
