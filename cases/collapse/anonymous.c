// SPDX-License-Identifier: GPL-2.0
/* Anonymous memory: holes, what is in swap, and a marker. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "collapse.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "uffd.h"

/* Registered memory with nothing protected in it is like any other. */
void collapse_unprotected(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	uffd_unprotect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	if (huge_is_mapped(huge->start, false))
		case_error("could not split");
	collapse_must(huge->start, false);
	huge_expect_only(huge, 0, 0, "after MADV_COLLAPSE");
	memset(huge->start, 'W', HUGE_PAGE);
}

/* hpage_collapse_scan_pmd() refuses before anything is brought back from swap. */
static void expect_swapped(const struct huge *huge, size_t page)
{
	if (pagemap_entry(huge->start + page * SMALL_PAGE).form != FORM_SWAP)
		case_fail("pagemap: MADV_COLLAPSE brings page %zu back for nothing", page);
}

/* One page is protected, and @swapped is in swap. */
static void collapse_with_swapped(struct huge *huge, size_t swapped)
{
	swap_needed();
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	reclaim_pageout(huge->start + swapped * SMALL_PAGE, SMALL_PAGE);
	collapse(huge->start);
	/* Without markers pte_swp_uffd_wp_any() knows no swap entry: it comes back, and is kept. */
	if (swapped != ONE || uffd_has_markers())
		expect_swapped(huge, swapped);
	huge_expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
	huge_write_around(huge, ONE, ONE + 1);
}

void collapse_swapped(struct huge *huge)
{
	collapse_with_swapped(huge, ONE);
}

void collapse_beside_swapped(struct huge *huge)
{
	collapse_with_swapped(huge, OTHER);
}

/* With nothing protected, what is in swap is brought back, and goes in with the rest. */
void collapse_swapped_unprotected(struct huge *huge)
{
	const char *page = huge->start + OTHER * SMALL_PAGE;

	swap_needed();
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	uffd_unprotect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	reclaim_pageout(huge->start + OTHER * SMALL_PAGE, SMALL_PAGE);
	collapse_must(huge->start, false);
	huge_expect_only(huge, 0, 0, "after MADV_COLLAPSE");
	if (*page != huge->data)
		case_fail("data: page %d is not what it was before it was in swap", OTHER);
}

/* Whoever has registered memory decides what comes where nothing is. */
void collapse_hole(struct huge *huge)
{
	char *page = huge->start + ONE * SMALL_PAGE;

	swap_needed();
	if (madvise(page, SMALL_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	reclaim_pageout(huge->start + OTHER * SMALL_PAGE, SMALL_PAGE);
	collapse(huge->start);
	if (pagemap_entry(page).form != FORM_NONE)
		case_fail("pagemap: MADV_COLLAPSE fills a hole");
	expect_swapped(huge, OTHER);
	huge_expect_only(huge, 0, 0, "after MADV_COLLAPSE");
}

/* Where nobody is asked, zeros fill it. */
void collapse_hole_unregistered(struct huge *huge)
{
	char *page = huge->start + ONE * SMALL_PAGE;

	uffd_unregister(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(page, SMALL_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	/* In 6.1 unregistering leaves no entry writable, and MADV_COLLAPSE asks for one. */
	*huge->start = huge->data;
	collapse_must(huge->start, false);
	if (*page || page[SMALL_PAGE] != huge->data)
		case_fail("data: what was a hole is not zeros, or its neighbour not what it was");
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

/* hpage_collapse_scan_pmd(): a marker is no page of swap that could be brought back. */
void collapse_marker(struct huge *huge)
{
	char *page = huge->start + ONE * SMALL_PAGE;

	swap_needed();
	huge_watch(huge, UFFD_FEATURE_WP_UNPOPULATED);
	reclaim_pageout(huge->start + OTHER * SMALL_PAGE, SMALL_PAGE);
	if (madvise(page, SMALL_PAGE, MADV_DONTNEED) ||
	    madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("madvise: %s", strerror(errno));
	uffd_protect(huge->uffd, page, SMALL_PAGE);
	if (pagemap_entry(page).form != FORM_MARKER)
		case_error("could not get a marker");
	case_expect_error("MADV_COLLAPSE", collapse(huge->start), EINVAL);
	if (pagemap_entry(page).form != FORM_MARKER)
		case_fail("pagemap: there is no marker after MADV_COLLAPSE");
	expect_swapped(huge, OTHER);
	huge_expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
}
