/* SPDX-License-Identifier: GPL-2.0 */
/* The guest's swap space. */
#ifndef CASES_SWAP_H
#define CASES_SWAP_H

/* Skips the case where there is none: reclaim needs somewhere to put pages. */
void swap_needed(void);
/* swapoff(2), which brings every page back, and swapon(2) again. */
void swap_off_and_on(void);

#endif
