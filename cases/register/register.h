/* SPDX-License-Identifier: GPL-2.0 */
/* What a registration depends on besides what it says: register.c is the table of it. */
#ifndef CASES_REGISTER_H
#define CASES_REGISTER_H

#include "case.h"

/* source.c: where the userfaultfd comes from, and who may have one. */
void without_privilege(const struct test_case *self);
void from_device(const struct test_case *self);

/* limit.c: how many mappings a process may have. */
void at_map_limit(const struct test_case *self);

#endif
