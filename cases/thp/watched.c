// SPDX-License-Identifier: GPL-2.0
/* What a child and mremap(2) get of a huge page, where whoever watches hears of it. */
#include <sys/eventfd.h>
#include <unistd.h>

#include "child.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

static _Noreturn void be_a_watched_child(struct huge *huge, size_t from, size_t to, int done)
{
	huge_expect_only(huge, from, to, "in the child");
	huge->start[ONE * SMALL_PAGE] = 'C';
	huge->start[OTHER * SMALL_PAGE] = 'C';
	eventfd_write(done, 1);
	child_exit();
}

/* Those from @from to @to are protected. */
static void expect_watched_child(struct huge *huge, size_t from, size_t to)
{
	const size_t written[] = { ONE, OTHER };
	int done = eventfd(0, EFD_CLOEXEC);
	struct uffd_awaited awaited;
	bool trapped[SMALL_PAGES];
	pid_t child;
	size_t i;

	uffd_await(&awaited, huge->uffd);
	child = child_fork();
	if (!child)
		be_a_watched_child(huge, from, to, done);
	uffd_resolve(uffd_awaited_event(&awaited, UFFD_EVENT_FORK)->arg.fork.ufd, done,
		     huge->start, SMALL_PAGE, SMALL_PAGES, trapped);
	child_wait(child);
	for (i = 0; i < 2; i++) {
		bool expected = from <= written[i] && written[i] < to;

		if (trapped[written[i]] != expected)
			case_fail("write: page %zu of the child raises %s event, expected %s",
				  written[i], expected ? "no" : "an", expected ? "one" : "none");
	}
	huge_expect_only(huge, from, to, "in the parent");
}

void fork_watched_child(struct huge *huge)
{
	huge_watch(huge, UFFD_FEATURE_EVENT_FORK);
	huge_protect(huge);
	expect_watched_child(huge, 0, SMALL_PAGES);
}

void fork_watched_child_of_small_entries(struct huge *huge)
{
	huge_watch(huge, UFFD_FEATURE_EVENT_FORK);
	huge_protect_small_entry(huge);
	expect_watched_child(huge, ONE, ONE + 1);
}

/* With somebody who waits for the event. */
static void move_and_tell(struct huge *huge, char *place, size_t page, size_t pages)
{
	struct uffd_awaited awaited;

	uffd_await(&awaited, huge->uffd);
	huge_move(huge, place, page, pages);
	uffd_awaited_event(&awaited, UFFD_EVENT_REMAP);
}

void move_watched(struct huge *huge)
{
	char *place = huge_find_place();

	huge_watch(huge, UFFD_FEATURE_EVENT_REMAP);
	huge_protect(huge);
	move_and_tell(huge, place, 0, SMALL_PAGES);
	huge_expect_only(huge, 0, SMALL_PAGES, "moved");
	huge_write_some(huge);
}

void move_small_entry_watched(struct huge *huge)
{
	char *place = huge_find_place();
	bool trapped;

	huge_watch(huge, UFFD_FEATURE_EVENT_REMAP);
	huge_protect_small_entry(huge);
	move_and_tell(huge, place, ONE, 1);
	huge_expect(huge, ONE, true, "moved");
	uffd_write_pages(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE, 1, 'W', &trapped);
	if (!trapped)
		case_fail("write: the page that was moved raises no event");
}
