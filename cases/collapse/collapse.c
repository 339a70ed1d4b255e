// SPDX-License-Identifier: GPL-2.0
/* Small pages that the kernel makes a huge one of: nothing protected and no marker is lost. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "huge.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "uffd.h"

/* Whether it refuses or finds nothing to do is its business. */
static void collapse(char *start)
{
	if (madvise(start, 0, MADV_COLLAPSE))
		case_skip("no MADV_COLLAPSE");
	madvise(start, HUGE_PAGE, MADV_COLLAPSE);
}

/* Registered memory with nothing protected in it is like any other. */
static void collapse_unprotected(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	uffd_unprotect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	if (huge_is_mapped(huge->start, false))
		case_error("could not split");
	collapse(huge->start);
	if (!huge_is_mapped(huge->start, false))
		case_fail("MADV_COLLAPSE refuses what is not protected");
	huge_expect_only(huge, 0, 0, "after MADV_COLLAPSE");
	memset(huge->start, 'W', HUGE_PAGE);
}

/* A page that is protected by itself must not go into a huge page that is not. */
static void collapse_protected(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	/* Of a file, a split leaves nothing mapped, and a marker: read it in again. */
	(void)*(volatile char *)(huge->start + ONE * SMALL_PAGE);
	collapse(huge->start);
	huge_expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
	huge_write_around(huge, ONE, ONE + 1);
}

/* Every page is mapped, by an entry of its own. */
static void collapse_all_protected(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	if (madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("MADV_HUGEPAGE: %s", strerror(errno));
	collapse(huge->start);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
	huge_write_some(huge);
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

static void collapse_swapped(struct huge *huge)
{
	collapse_with_swapped(huge, ONE);
}

static void collapse_beside_swapped(struct huge *huge)
{
	collapse_with_swapped(huge, OTHER);
}

static void collapse_markers(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	collapse(huge->start);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
}

/* Whoever has registered memory decides what comes where nothing is. */
static void collapse_hole(struct huge *huge)
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

/* hpage_collapse_scan_pmd(): a marker is no page of swap that could be brought back. */
static void collapse_marker(struct huge *huge)
{
	char *page = huge->start + ONE * SMALL_PAGE;
	int error;

	swap_needed();
	huge_watch(huge, UFFD_FEATURE_WP_UNPOPULATED);
	reclaim_pageout(huge->start + OTHER * SMALL_PAGE, SMALL_PAGE);
	if (madvise(page, SMALL_PAGE, MADV_DONTNEED) ||
	    madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("madvise: %s", strerror(errno));
	uffd_protect(huge->uffd, page, SMALL_PAGE);
	if (pagemap_entry(page).form != FORM_MARKER)
		case_error("could not get a marker");
	if (madvise(huge->start, 0, MADV_COLLAPSE))
		case_skip("no MADV_COLLAPSE");
	error = madvise(huge->start, HUGE_PAGE, MADV_COLLAPSE) ? errno : 0;
	case_expect_error("MADV_COLLAPSE", error, EINVAL);
	if (pagemap_entry(page).form != FORM_MARKER)
		case_fail("pagemap: there is no marker after MADV_COLLAPSE");
	expect_swapped(huge, OTHER);
	huge_expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
}

static char *map_elsewhere(const struct huge *huge)
{
	char *start = mmap(huge_find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_FIXED, huge->fd, 0);

	if (start == MAP_FAILED || madvise(start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("mapping the file once more: %s", strerror(errno));
	return start;
}

/* The markers are in a page table that a collapse of the file would like to free. */
static void leave_markers(const struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED) ||
	    madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("madvise: %s", strerror(errno));
}

/* Whatever MADV_COLLAPSE says of one mapping: whoever maps the file now gets a huge page. */
static void confirm_collapse(const struct huge *huge)
{
	char *start = map_elsewhere(huge);

	(void)*(volatile char *)start;
	if (!huge_is_mapped(start, true))
		case_error("could not collapse");
}

static void collapse_here(struct huge *huge)
{
	leave_markers(huge);
	collapse(huge->start);
	confirm_collapse(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
}

static void collapse_elsewhere(struct huge *huge)
{
	leave_markers(huge);
	collapse(map_elsewhere(huge));
	confirm_collapse(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE of another mapping");
}

static const struct huge_row rows[] = {
	{ true, HUGE, "collapse", "MADV_COLLAPSE loses no marker", collapse_markers },
	{ false, HUGE, "collapse-unprotected", "MADV_COLLAPSE collapses what is not protected",
	  collapse_unprotected },
	{ false, HUGE, "collapse-protected", "MADV_COLLAPSE loses no protected page",
	  collapse_protected },
	{ false, HUGE, "collapse-swapped", "MADV_COLLAPSE loses no protected swap entry",
	  collapse_swapped },
	{ false, HUGE, "collapse-beside-swapped",
	  "MADV_COLLAPSE brings nothing back from swap where a page is protected",
	  collapse_beside_swapped },
	{ false, HUGE, "collapse-hole", "MADV_COLLAPSE fills no hole of what is registered",
	  collapse_hole },
	{ true, HUGE, "collapse-protected", "MADV_COLLAPSE loses no protected page",
	  collapse_protected },
	{ true, HUGE, "collapse-all-protected", "MADV_COLLAPSE loses none of all protected pages",
	  collapse_all_protected },
	{ false, SMALL_MARKERS, "collapse", "MADV_COLLAPSE refuses a range with a marker",
	  collapse_marker },
	{ true, SMALL_MARKERS, "collapse", "MADV_COLLAPSE of the file loses no marker",
	  collapse_here },
	{ true, SMALL_MARKERS, "collapse-elsewhere",
	  "MADV_COLLAPSE of another mapping loses no marker", collapse_elsewhere },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

int main(int argc, char **argv)
{
	return huge_main(argc, argv, rows, ROWS);
}
