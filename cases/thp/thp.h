/* SPDX-License-Identifier: GPL-2.0 */
/* What is done to huge pages, beside what thp.c does. */
#ifndef CASES_THP_H
#define CASES_THP_H

#include "huge.h"

/* watched.c: whoever watches hears of a fork or a move, and protection goes along. */
void fork_watched_child(struct huge *huge);
void move_watched(struct huge *huge);

/* async.c: WP_ASYNC, and PAGEMAP_SCAN, which protects a huge page as it is. */
void write_asynchronously(struct huge *huge);
void scan_protected(struct huge *huge);
void scan_and_protect(struct huge *huge);
void scan_and_protect_one(struct huge *huge);

/* uffdio-move.c */
void move_by_ioctl(struct huge *huge);

#endif
