/* SPDX-License-Identifier: GPL-2.0 */
/* What is made a huge page: collapse.c is the table of it. */
#ifndef CASES_COLLAPSE_H
#define CASES_COLLAPSE_H

#include <stdbool.h>

#include "huge.h"

/* Returns the error that MADV_COLLAPSE gives, or 0. */
int collapse(char *start);
/* Fails the case unless one entry maps all of it afterwards. */
void collapse_must(char *start, bool shared);

/* anonymous.c */
void collapse_unprotected(struct huge *huge);
void collapse_swapped(struct huge *huge);
void collapse_beside_swapped(struct huge *huge);
void collapse_swapped_unprotected(struct huge *huge);
void collapse_hole(struct huge *huge);
void collapse_hole_unregistered(struct huge *huge);
void collapse_marker(struct huge *huge);

/* file.c: of one mapping, and what becomes of others. */
void collapse_markers(struct huge *huge);
void collapse_all_protected(struct huge *huge);
void collapse_unregistered(struct huge *huge);
void collapse_here(struct huge *huge);
void collapse_elsewhere(struct huge *huge);
void collapse_bystander(struct huge *huge);
void collapse_file_hole(struct huge *huge);
void collapse_file_hole_missing(struct huge *huge);

/* large.c: what khugepaged makes large folios of. */
void collapse_large(struct huge *huge);
void collapse_large_protected(struct huge *huge);

#endif
