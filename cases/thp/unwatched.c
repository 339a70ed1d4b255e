// SPDX-License-Identifier: GPL-2.0
/* What a child and mremap(2) get of a huge page, where nobody has asked to hear of it. */
#include <string.h>

#include "child.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

/* What arrives is clean, and nobody watches it. */
void move(struct huge *huge)
{
	char *place = huge_find_place();

	huge_protect(huge);
	huge_move(huge, place, 0, SMALL_PAGES);
	huge_expect_only(huge, 0, 0, "moved");
	memset(huge->start, 'W', HUGE_PAGE);
}

void move_small_entry(struct huge *huge)
{
	char *place = huge_find_place();

	huge_protect_small_entry(huge);
	huge_move(huge, place, ONE, 1);
	huge_expect(huge, ONE, false, "moved");
	huge->start[ONE * SMALL_PAGE] = 'W';
}

static void fork_clean_child(struct huge *huge)
{
	pid_t child = child_fork();

	if (!child) {
		huge_expect_only(huge, 0, 0, "in the child");
		/* The parent reads what a child writes to a file. */
		memset(huge->start, huge->shared ? huge->data : 'C', HUGE_PAGE);
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

/* copy_huge_pmd() writes the parent's entry anew. */
void fork_child_of_unprotected(struct huge *huge)
{
	huge_send_away(huge);
	fork_clean_child(huge);
	huge_expect_only(huge, 0, 0, "in the parent");
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

void fork_child_of_small_entries(struct huge *huge)
{
	huge_protect_small_entry(huge);
	fork_clean_child(huge);
	huge_expect_only(huge, ONE, ONE + 1, "in the parent");
	huge_write_around(huge, ONE, ONE + 1);
}
