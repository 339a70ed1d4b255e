// SPDX-License-Identifier: GPL-2.0
/* Small pages that the kernel makes a huge one of: nothing protected and no marker is lost. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collapse.h"
#include "result.h"
#include "uffd.h"

/* Pages that somebody else holds for a moment are EAGAIN. */
#define TRIES 50

int collapse(char *start)
{
	int tries;

	if (madvise(start, 0, MADV_COLLAPSE))
		case_skip("no MADV_COLLAPSE");
	for (tries = 0; madvise(start, HUGE_PAGE, MADV_COLLAPSE); tries++) {
		if (errno != EAGAIN || tries == TRIES)
			return errno;
		usleep(1000);
	}
	return 0;
}

void collapse_must(char *start, bool shared)
{
	int error = collapse(start);

	if (error == ENOMEM || error == EAGAIN)
		case_error("MADV_COLLAPSE: %s", strerror(error));
	case_expect_error("MADV_COLLAPSE", error, 0);
	if (!error && !huge_is_mapped(start, shared))
		case_fail("MADV_COLLAPSE makes a huge page, and one entry does not map it");
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
	{ false, HUGE, "collapse-swapped-unprotected",
	  "MADV_COLLAPSE brings back from swap what is not protected",
	  collapse_swapped_unprotected },
	{ false, HUGE, "collapse-hole", "MADV_COLLAPSE fills no hole of what is registered",
	  collapse_hole },
	{ false, HUGE, "collapse-hole-unregistered",
	  "MADV_COLLAPSE fills a hole of what is registered no longer",
	  collapse_hole_unregistered },
	{ false, HUGE, "collapse-large",
	  "what khugepaged makes a large folio of is not protected, and fills no hole",
	  collapse_large },
	{ false, HUGE, "collapse-large-protected",
	  "khugepaged makes no large folio where a page is protected",
	  collapse_large_protected },
	{ true, HUGE, "collapse-protected", "MADV_COLLAPSE loses no protected page",
	  collapse_protected },
	{ true, HUGE, "collapse-all-protected", "MADV_COLLAPSE loses none of all protected pages",
	  collapse_all_protected },
	{ true, HUGE, "collapse-unregistered",
	  "MADV_COLLAPSE maps with one entry what is registered no longer",
	  collapse_unregistered },
	{ false, SMALL_MARKERS, "collapse", "MADV_COLLAPSE refuses a range with a marker",
	  collapse_marker },
	{ true, SMALL_MARKERS, "collapse", "MADV_COLLAPSE of the file loses no marker",
	  collapse_here },
	{ true, SMALL_MARKERS, "collapse-elsewhere",
	  "MADV_COLLAPSE of another mapping makes it a huge page, and loses no marker",
	  collapse_elsewhere },
	{ true, SMALL_MARKERS, "collapse-bystander",
	  "what MADV_COLLAPSE makes of a file is a huge page to whoever has not registered it",
	  collapse_bystander },
	{ true, SMALL_MARKERS, "collapse-hole",
	  "MADV_COLLAPSE of another mapping fills a hole that nobody is asked for",
	  collapse_file_hole },
	{ true, SMALL_MARKERS, "collapse-hole-missing",
	  "MADV_COLLAPSE of another mapping fills no hole where missing pages are asked for",
	  collapse_file_hole_missing },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

int main(int argc, char **argv)
{
	return huge_main(argc, argv, rows, ROWS);
}
