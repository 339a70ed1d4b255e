// SPDX-License-Identifier: GPL-2.0
/*
 * Huge pages under asynchronous write-protect: a write splits them, and only what was
 * written loses its bit.  PAGEMAP_SCAN tells of them and protects them as one.
 */
#include "migrate.h"
#include "pagemap-scan.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

static void watch(struct huge *huge)
{
	huge_watch(huge, UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
}

/* Just the pages from @from to @to must read as written; only the first mismatch is told. */
static void expect_written(const struct huge *huge, size_t from, size_t to)
{
	uint64_t categories[SMALL_PAGES];
	size_t i;

	pagemap_scan(huge->start, SMALL_PAGE, SMALL_PAGES, &scan_written, categories);
	for (i = 0; i < SMALL_PAGES; i++) {
		bool expected = from <= i && i < to;

		if (!!(categories[i] & PAGE_IS_WRITTEN) == expected)
			continue;
		case_fail("PAGEMAP_SCAN: page %zu reads as %swritten", i, expected ? "not " : "");
		return;
	}
}

/* What lies around has been read since: it must not read as written for that. */
static void write_one(struct huge *huge)
{
	size_t i;

	/* There is nobody to resolve an event. */
	huge->start[ONE * SMALL_PAGE] = 'W';
	for (i = 0; i < SMALL_PAGES; i++)
		if (huge->start[i * SMALL_PAGE + 1] != huge->data)
			case_fail("data: page %zu is not what it was", i);
	expect_written(huge, ONE, ONE + 1);
	huge_expect(huge, ONE - 1, true, "before what was written");
	huge_expect(huge, ONE, false, "written");
	huge_expect(huge, ONE + 1, true, "after what was written");
}

void write_asynchronously(struct huge *huge)
{
	watch(huge);
	huge_protect(huge);
	write_one(huge);
}

void scan_protected(struct huge *huge)
{
	watch(huge);
	huge_send_away(huge);
	expect_written(huge, 0, SMALL_PAGES);
	migrate_settle();
	huge_protect(huge);
	expect_written(huge, 0, 0);
}

void scan_and_protect(struct huge *huge)
{
	watch(huge);
	huge_send_away(huge);
	pagemap_scan_protect(huge->start, HUGE_PAGE);
	huge_expect_only(huge, 0, SMALL_PAGES, "after the scan that protects");
	write_one(huge);
}

void scan_and_protect_one(struct huge *huge)
{
	watch(huge);
	huge_send_away(huge);
	pagemap_scan_protect(huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	huge_expect_only(huge, ONE, ONE + 1, "after the scan that protects");
}
