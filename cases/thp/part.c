// SPDX-License-Identifier: GPL-2.0
/* Protecting, unprotecting and zapping a part of a huge page, and all of it. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "result.h"
#include "thp.h"
#include "uffd.h"

void protect_one(struct huge *huge)
{
	huge_send_away(huge);
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	huge_expect_only(huge, ONE, ONE + 1, "protected");
	huge_write_around(huge, ONE, ONE + 1);
	huge_expect_only(huge, 0, 0, "resolved");
}

void protect_all(struct huge *huge)
{
	bool trapped[SMALL_PAGES];
	size_t silent = 0;
	size_t i;

	huge_send_away(huge);
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	/* change_pmd_range(): only what needs markers is split for it. */
	if (!huge->shared && huge->form == HUGE && !huge_is_mapped(huge->start, false))
		case_fail("protecting all of a huge page splits it");
	huge_expect_only(huge, 0, SMALL_PAGES, "protected");
	uffd_write_pages(huge->uffd, huge->start, SMALL_PAGE, SMALL_PAGES, 'W', trapped);
	for (i = 0; i < SMALL_PAGES; i++)
		silent += !trapped[i];
	if (silent)
		case_fail("write: %zu of %zu pages raise no event", silent, SMALL_PAGES);
	huge_expect_only(huge, 0, 0, "resolved");
}

void zap_part(struct huge *huge)
{
	huge_protect(huge);
	if (madvise(huge->start + OTHER * SMALL_PAGE, 4 * SMALL_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	if (huge->shared) {
		huge_expect_only(huge, 0, SMALL_PAGES, "zapped");
	} else {
		huge_expect(huge, OTHER - 1, true, "before what was zapped");
		huge_expect(huge, OTHER, false, "zapped");
		huge_expect(huge, OTHER + 4, true, "after what was zapped");
	}
}

void unprotect_part(struct huge *huge)
{
	huge_protect(huge);
	uffd_unprotect(huge->uffd, huge->start + OTHER * SMALL_PAGE, 4 * SMALL_PAGE);
	huge_expect(huge, OTHER - 1, true, "before what is unprotected");
	huge_expect(huge, OTHER, false, "unprotected");
	huge_expect(huge, OTHER + 3, false, "unprotected");
	huge_expect(huge, OTHER + 4, true, "after what is unprotected");
}

void unprotect_all(struct huge *huge)
{
	huge_protect(huge);
	uffd_unprotect(huge->uffd, huge->start, HUGE_PAGE);
	huge_expect_only(huge, 0, 0, "unprotected");
	memset(huge->start, 'W', HUGE_PAGE);
}
