/* SPDX-License-Identifier: GPL-2.0 */
/* Pages from one memory node to another. */
#ifndef CASES_MIGRATE_H
#define CASES_MIGRATE_H

#include <stddef.h>

/* Moves pages that are present to another node than theirs; skips where there is none. */
void migrate_pages_of(char *start, size_t page_size, size_t pages);

#endif
