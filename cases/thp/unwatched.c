// SPDX-License-Identifier: GPL-2.0
/* What a child and mremap(2) get of a huge page, where nobody has asked to hear of it. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "child.h"
#include "migrate.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

/* What arrives is clean, and nobody watches it. */
void move(struct huge *huge)
{
	char *place = huge_find_place();

	huge_protect(huge);
	huge->start = mremap(huge->start, HUGE_PAGE, HUGE_PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
			     place);
	if (huge->start == MAP_FAILED)
		case_error("mremap: %s", strerror(errno));
	huge_expect_only(huge, 0, 0, "moved");
	memset(huge->start, 'W', HUGE_PAGE);
}

static void fork_clean_child(struct huge *huge)
{
	pid_t child = child_fork();

	if (!child) {
		huge_expect_only(huge, 0, 0, "in the child");
		memset(huge->start, 'C', HUGE_PAGE);
		child_exit();
	}
	child_wait(child);
}

void fork_child(struct huge *huge)
{
	huge_protect(huge);
	fork_clean_child(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "in the parent");
}

/* The page is still one, and migrates as one, but small entries map it. */
void fork_child_of_small_entries(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	migrate_hold(huge->start + ONE * SMALL_PAGE);
	fork_clean_child(huge);
	huge_expect_only(huge, ONE, ONE + 1, "in the parent");
	huge_write_around(huge, ONE, ONE + 1);
}
