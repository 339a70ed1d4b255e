// SPDX-License-Identifier: GPL-2.0
/* What a child and mremap(2) get of a huge page, where whoever watches hears of it. */
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "child.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

static _Noreturn void be_a_watched_child(struct huge *huge, int done)
{
	huge_expect_only(huge, 0, SMALL_PAGES, "in the child");
	huge->start[ONE * SMALL_PAGE] = 'C';
	huge->start[OTHER * SMALL_PAGE] = 'C';
	eventfd_write(done, 1);
	child_exit();
}

void fork_watched_child(struct huge *huge)
{
	int done = eventfd(0, EFD_CLOEXEC);
	struct uffd_awaited awaited;
	bool trapped[SMALL_PAGES];
	pid_t child;

	huge_watch(huge, UFFD_FEATURE_EVENT_FORK);
	huge_protect(huge);
	uffd_await(&awaited, huge->uffd);
	child = child_fork();
	if (!child)
		be_a_watched_child(huge, done);
	uffd_resolve(uffd_awaited_event(&awaited, UFFD_EVENT_FORK)->arg.fork.ufd, done,
		     huge->start, SMALL_PAGE, SMALL_PAGES, trapped);
	child_wait(child);
	if (!trapped[ONE] || !trapped[OTHER])
		case_fail("write: page %d of the child raises no event",
			  trapped[ONE] ? OTHER : ONE);
	huge_expect_only(huge, 0, SMALL_PAGES, "in the parent");
}

void move_watched(struct huge *huge)
{
	char *place = huge_find_place();
	struct uffd_awaited awaited;

	huge_watch(huge, UFFD_FEATURE_EVENT_REMAP);
	huge_protect(huge);
	uffd_await(&awaited, huge->uffd);
	huge->start = mremap(huge->start, HUGE_PAGE, HUGE_PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
			     place);
	if (huge->start == MAP_FAILED)
		case_error("mremap: %s", strerror(errno));
	uffd_awaited_event(&awaited, UFFD_EVENT_REMAP);
	huge_expect_only(huge, 0, SMALL_PAGES, "moved");
	huge_write_some(huge);
}
