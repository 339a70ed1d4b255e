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

extern const struct operation op_nothing, op_wp, op_wp_again, op_wp_anew, op_wp_beside;
extern const struct operation op_dontneed, op_dontneed_twice, op_dontneed_locked, op_remove,
	op_punch_hole, op_truncate;
extern const struct operation op_pageout, op_memcg_reclaim, op_swapoff, op_migrate, op_mlock;
extern const struct operation op_mprotect, op_mprotect_half, op_populate_read, op_fork,
	op_soft_dirty, op_read_pin, op_device_read, op_device_offer, op_zero_device_offer;

#endif
