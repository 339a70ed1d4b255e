/* SPDX-License-Identifier: GPL-2.0 */
/* What is done to huge pages: thp.c is the table of it. */
#ifndef CASES_THP_H
#define CASES_THP_H

#include "huge.h"

/* part.c: protecting, unprotecting and zapping, a part or all. */
void protect_one(struct huge *huge);
void protect_all(struct huge *huge);
void zap_part(struct huge *huge);
void unprotect_part(struct huge *huge);
void unprotect_all(struct huge *huge);

/* unwatched.c: a fork or a move that nobody hears of leaves what is new clean. */
void move(struct huge *huge);
void move_small_entry(struct huge *huge);
void fork_child(struct huge *huge);
void fork_child_of_unprotected(struct huge *huge);
void fork_child_of_small_entries(struct huge *huge);

/* split.c: small entries map it, or small pages take its place. */
void split(struct huge *huge);
void split_zeros(struct huge *huge);
void page_out_small_entries(struct huge *huge);
void make_neighbour_exclusive(struct huge *huge);

/* access.c: who may read and write it, and who does. */
void take_access_and_give_it_back(struct huge *huge);
void take_access_of_unprotected(struct huge *huge);
void write_by_debugger(struct huge *huge);
void write_unprotected_by_debugger(struct huge *huge);
void pin_for_reading(struct huge *huge);
void bring_back(struct huge *huge);
void wait_for_all(struct huge *huge);

/* show.c: pagemap. */
void show_each(struct huge *huge);
void show_each_unprotected(struct huge *huge);

/* watched.c: whoever watches hears of a fork or a move, and protection goes along. */
void fork_watched_child(struct huge *huge);
void fork_watched_child_of_small_entries(struct huge *huge);
void move_watched(struct huge *huge);
void move_small_entry_watched(struct huge *huge);

/* async.c: WP_ASYNC, and PAGEMAP_SCAN, which protects a huge page as it is. */
void write_asynchronously(struct huge *huge);
void scan_protected(struct huge *huge);
void scan_and_protect(struct huge *huge);
void scan_and_protect_one(struct huge *huge);

/* device.c: what is not there, or the zero page, and a device that is to have it. */
void give_hole_to_device(struct huge *huge);
void keep_hole_from_device(struct huge *huge);
void offer_protected_zeros(struct huge *huge);

/* uffdio-move.c */
void move_by_ioctl(struct huge *huge);

#endif
