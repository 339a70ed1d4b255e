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
extern const struct operation madv_dontneed_locked;
extern const struct operation swapoff_and_on;
extern const struct operation migration;
extern const struct operation fork_without_event;
extern const struct operation soft_dirty;
extern const struct operation lock;
extern const struct operation mprotect_half;
extern const struct operation write_protect_again;
extern const struct operation read_pin;

#endif
