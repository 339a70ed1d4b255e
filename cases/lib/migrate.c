// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "migrate.h"
#include "result.h"

#define MOST_PAGES 64
/* Pages that somebody else holds for a moment are passed over: ask again. */
#define TRIES 50
#define MPOL_MF_MOVE (1 << 1)

/* Nodes to move to, or NULL to ask where the pages are; the answer is in @status. */
static long move_pages(char *start, size_t page_size, size_t pages, const int *nodes, int *status)
{
	void *addresses[MOST_PAGES];
	size_t i;

	for (i = 0; i < pages; i++)
		addresses[i] = start + i * page_size;
	return syscall(SYS_move_pages, 0, pages, addresses, nodes, status, MPOL_MF_MOVE);
}

static bool arrived(const int *status, const int *nodes, size_t pages)
{
	return !memcmp(status, nodes, pages * sizeof(*nodes));
}

void migrate_pages_of(char *start, size_t page_size, size_t pages)
{
	int status[MOST_PAGES];
	int nodes[MOST_PAGES];
	int tries;
	size_t i;

	if (access("/sys/devices/system/node/node1", F_OK))
		case_skip("no second memory node");
	if (pages > MOST_PAGES || move_pages(start, page_size, pages, NULL, status))
		case_error("move_pages: %s", strerror(errno));
	for (i = 0; i < pages; i++)
		nodes[i] = status[i] == 0 ? 1 : 0;
	for (tries = 0; tries < TRIES; tries++) {
		if (move_pages(start, page_size, pages, nodes, status) < 0)
			case_error("move_pages: %s", strerror(errno));
		if (!move_pages(start, page_size, pages, NULL, status) &&
		    arrived(status, nodes, pages))
			return;
		usleep(1000);
	}
	case_error("could not migrate");
}
