/* SPDX-License-Identifier: GPL-2.0 */
/* What is done to ranges with an edge in them: edges.c is the table of it. */
#ifndef CASES_EDGES_H
#define CASES_EDGES_H

#include <stddef.h>

#include "case.h"

/* mremap(2) to where nobody is: the error that the kernel gives, or 0. */
int try_to_move(char *start, size_t size);

/* hole.c: where nothing is mapped between two mappings. */
void register_over_hole(const struct test_case *self);
void move_what_follows_hole(const struct test_case *self);
void unregister_over_hole(const struct test_case *self);

#endif
