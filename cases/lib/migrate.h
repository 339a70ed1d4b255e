/* SPDX-License-Identifier: GPL-2.0 */
/* Pages from one memory node to another. */
#ifndef CASES_MIGRATE_H
#define CASES_MIGRATE_H

#include <stddef.h>

/* Moves pages that are present to another node than theirs; skips where there is none. */
void migrate_pages_of(char *start, size_t page_size, size_t pages);

/*
 * Holds a page under migration: a thread moves it from node to node, and the
 * caller comes before that thread on their processor, so the entry stays as it
 * is until the caller sleeps or waits, and the migration ends after that.
 */
void migrate_hold(char *page);
/*
 * Begins the case anew unless the page, which has been moved by so many bytes since, is
 * still under migration: fork(2) and mremap(2) sleep while the migration holds the locks
 * of the reverse map, as it does shortly before its end, and it goes on meanwhile.  Does
 * nothing where no page was held.
 */
void migrate_confirm(ptrdiff_t moved);
/* Waits for the end of that migration, in a child as well; does nothing where none was held. */
void migrate_settle(void);

#endif
