/* SPDX-License-Identifier: GPL-2.0 */
/* Large folios: some pages at once, each with an entry of its own (mTHP). */
#ifndef CASES_LARGE_H
#define CASES_LARGE_H

#include "mapping.h"

#define LARGE_PAGES 16
#define LARGE (LARGE_PAGES * 4096UL)

/* Maps as many pages as make one large folio, where one can be; none is populated. */
struct mapping large_map(enum mapping_kind kind);
/*
 * Between these, such a mapping is filled with large folios; what it was before comes
 * back.  Skips the case where the kernel has none of that size for the kind.
 */
void large_begin(enum mapping_kind kind);
void large_end(void);

#endif
