// SPDX-License-Identifier: GPL-2.0
/* What pagemap shows of the entry of a huge page that is away. */
#include "pagemap.h"
#include "result.h"
#include "thp.h"

/* pagemap_pmd_range() tells of each small page what holds for the entry that is one for all. */
static void expect_each(const struct huge *huge, uint64_t bits)
{
	size_t i;

	for (i = 0; i < SMALL_PAGES; i++) {
		uint64_t raw = pagemap_raw(huge->start + i * SMALL_PAGE);

		if ((raw & (PM_PRESENT | PM_SWAP | PM_UFFD_WP)) == bits)
			continue;
		case_fail("page %zu: bits %#llx while it is away", i, (unsigned long long)raw);
		return;
	}
}

void show_each(struct huge *huge)
{
	huge_protect(huge);
	expect_each(huge, PM_SWAP | PM_UFFD_WP);
}

void show_each_unprotected(struct huge *huge)
{
	huge_send_away(huge);
	expect_each(huge, PM_SWAP);
}
