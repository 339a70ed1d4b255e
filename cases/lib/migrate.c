// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "migrate.h"
#include "pagemap.h"
#include "result.h"

#define MOST_PAGES 64
/* Pages that somebody else holds for a moment are passed over: ask again. */
#define TRIES 50
#define MPOL_MF_MOVE (1 << 1)
/* Moments at which a page that is moved all the time is looked at. */
#define LOOKS 2000

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

static void second_node_needed(void)
{
	if (access("/sys/devices/system/node/node1", F_OK))
		case_skip("no second memory node");
}

void migrate_pages_of(char *start, size_t page_size, size_t pages)
{
	int status[MOST_PAGES];
	int nodes[MOST_PAGES];
	int tries;
	size_t i;

	second_node_needed();
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

/* Shared with children: they wait for the end as well. */
static struct migrator {
	char *page;
	bool stop, over;	/* __atomic_*: another thread's, and another process's */
} *migrator;

static void *move_to_and_fro(void *arg)
{
	int node = 0;
	int status;

	for (; !__atomic_load_n(&migrator->stop, __ATOMIC_ACQUIRE); node = !node)
		move_pages(migrator->page, 0, 1, &node, &status);
	__atomic_store_n(&migrator->over, true, __ATOMIC_RELEASE);
	return NULL;
}

static void come_first(bool first)
{
	struct sched_param param = { .sched_priority = first ? 1 : 0 };

	if (sched_setscheduler(0, first ? SCHED_FIFO : SCHED_OTHER, &param))
		case_error("sched_setscheduler: %s", strerror(errno));
}

/*
 * Where the kernel looks whether somebody else shall run, between taking the page
 * out of one page table and the next, and before it puts the new one in: mm/rmap.c,
 * rmap_walk_anon() and rmap_walk_file().  A timer at any moment before that is enough.
 */
void migrate_hold(char *page)
{
	pthread_t thread;
	int looks;

	second_node_needed();
	migrator = mmap(NULL, sizeof(*migrator), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (migrator == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	migrator->page = page;
	if (pthread_create(&thread, NULL, move_to_and_fro, NULL))
		case_error("pthread_create failed");
	pthread_detach(thread);
	come_first(true);
	for (looks = 0; looks < LOOKS; looks++) {
		/*
		 * A sleep of constant length might keep step with the migrations and always
		 * wake at the same point of one.  37 and 400 have no common divisor: 400 sleeps
		 * in a row are of 400 different lengths.
		 */
		usleep(20 + looks * 37 % 400);
		if (!(pagemap_raw(page) & PM_PRESENT))
			break;
	}
	__atomic_store_n(&migrator->stop, true, __ATOMIC_RELEASE);
	if (looks == LOOKS)
		case_error("could not see the page under migration");
}

void migrate_confirm(ptrdiff_t moved)
{
	if (migrator && (pagemap_raw(migrator->page + moved) & PM_PRESENT))
		case_again("the migration is over too early");
}

void migrate_settle(void)
{
	if (!migrator)
		return;
	while (!__atomic_load_n(&migrator->over, __ATOMIC_ACQUIRE))
		usleep(100);
	come_first(false);
	munmap(migrator, sizeof(*migrator));
	migrator = NULL;
}
