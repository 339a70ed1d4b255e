// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"

/* Pages that somebody else holds for a moment are passed over: ask again. */
#define TRIES 50
#define CGROUP_ROOT "/sys/fs/cgroup"

/* Of the case that runs; its parent removes it. */
static char cgroup[64];

static bool any_is(const char *start, size_t length, enum form form)
{
	size_t at;

	for (at = 0; at < length; at += getpagesize())
		if (pagemap_entry(start + at).form == form)
			return true;
	return false;
}

static bool any_present(const char *start, size_t length)
{
	return any_is(start, length, FORM_PRESENT);
}

/* pagemap shows what is a device's alone as it shows what is in a device. */
static bool any_exclusive(const char *start, size_t length)
{
	return any_is(start, length, FORM_DEVICE);
}

void reclaim_pageout(void *start, size_t length)
{
	int tries;

	swap_needed();
	for (tries = 0; tries < TRIES; tries++) {
		if (madvise(start, length, MADV_PAGEOUT))
			case_error("MADV_PAGEOUT: %s", strerror(errno));
		if (!any_present(start, length))
			return;
		usleep(1000);
	}
	case_error("could not reclaim by MADV_PAGEOUT");
}

static int write_text(const char *directory, const char *file, const char *text)
{
	char path[128];
	int fd, ret;

	snprintf(path, sizeof(path), "%s/%s", directory, file);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = write(fd, text, strlen(text)) < 0 ? -errno : 0;
	close(fd);
	return ret;
}

static void name_memcg(char *path, size_t size, pid_t pid)
{
	snprintf(path, size, CGROUP_ROOT "/case-%d", pid);
}

void reclaim_remove_memcg(pid_t pid)
{
	char path[64];

	name_memcg(path, sizeof(path), pid);
	rmdir(path);
}

void reclaim_enter_memcg(void)
{
	int error;

	swap_needed();
	if (access(CGROUP_ROOT "/cgroup.controllers", R_OK))
		case_skip("no cgroup 2 at " CGROUP_ROOT);
	name_memcg(cgroup, sizeof(cgroup), getpid());
	if (mkdir(cgroup, 0755))
		case_error("mkdir %s: %s", cgroup, strerror(errno));
	error = write_text(cgroup, "cgroup.procs", "0");
	if (error)
		case_error("entering a cgroup: %s", strerror(-error));
}

/* Reclaim does not see pages that wait in this CPU's batch: madvise_pageout() drains it. */
static void drain_page_lists(void)
{
	void *page = mmap(NULL, getpagesize(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	madvise(page, getpagesize(), MADV_PAGEOUT);
	munmap(page, getpagesize());
}

/*
 * What was charged to the cgroup stays with it when we leave.  Our own stack and
 * heap would otherwise be reclaimed, and faulted in again, before what is meant.
 */
static void leave_memcg(void)
{
	int error = write_text(CGROUP_ROOT, "cgroup.procs", "0");

	if (error)
		case_error("leaving the cgroup: %s", strerror(-error));
}

/* A page that has been used since the last look gets another round. */
static void forget_accesses(void)
{
	write_text("/proc/self", "clear_refs", "1");
}

void reclaim_memcg(void *start, size_t length)
{
	int tries;

	leave_memcg();
	for (tries = 0; tries < TRIES; tries++) {
		int error;

		drain_page_lists();
		forget_accesses();
		/* EAGAIN: less was reclaimed than asked for, which is fine. */
		error = write_text(cgroup, "memory.reclaim", "4M");
		if (error && error != -EAGAIN)
			case_skip("memory.reclaim: %s", strerror(-error));
		if (!any_present(start, length) && !any_exclusive(start, length))
			return;
	}
	/* try_to_unmap_one(): before 6.15 such a page is mapped nowhere, as rmap sees it. */
	if (any_exclusive(start, length))
		case_skip("memory.reclaim takes no page that is a device's alone");
	case_error("could not reclaim by memory.reclaim");
}
