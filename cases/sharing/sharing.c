// SPDX-License-Identifier: GPL-2.0
/*
 * Page tables of hugetlbfs that several processes share, 1 GiB at a time: a process
 * that registers gets tables of its own, and the others notice nothing.
 */
#include <errno.h>
#include <linux/memfd.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "mapping.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

/* What one table of huge entries maps: huge_pmd_share() shares no less. */
#define SPAN (1UL << 30)
#define PAGES 4

struct shared {
	char *start;
	int uffd;
	/* Parent and child take turns. */
	int to_child[2];
	int to_parent[2];
};

static char *page(const struct shared *shared, size_t i)
{
	return shared->start + i * HUGE_PAGE;
}

static void map(struct shared *shared)
{
	int fd = memfd_create("case", MFD_CLOEXEC | MFD_HUGETLB | MFD_HUGE_2MB);
	char *room = mmap(NULL, 2 * SPAN, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *start = (char *)(((uintptr_t)room + SPAN - 1) & ~(SPAN - 1));
	size_t i;

	if (fd < 0)
		case_skip("no hugetlbfs: %s", strerror(errno));
	if (room == MAP_FAILED || ftruncate(fd, SPAN))
		case_error("no room for 1 GiB: %s", strerror(errno));
	shared->start = mmap(start, SPAN, PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_NORESERVE | MAP_FIXED, fd, 0);
	if (shared->start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	for (i = 0; i < PAGES; i++)
		*page(shared, i) = 'F';
	if (pipe(shared->to_child) || pipe(shared->to_parent))
		case_error("pipe: %s", strerror(errno));
}

static void pass_turn(const int *pipe)
{
	if (write(pipe[1], "", 1) != 1)
		case_error("pipe: %s", strerror(errno));
}

static void wait_turn(const int *pipe)
{
	char byte;

	if (read(pipe[0], &byte, 1) != 1)
		case_error("pipe: %s", strerror(errno));
}

static void expect_all(const struct shared *shared, bool uffd_wp, const char *when)
{
	size_t i;

	for (i = 0; i < PAGES; i++)
		if (pagemap_entry(page(shared, i)).uffd_wp != uffd_wp)
			case_fail("pagemap, %s: uffd-wp of page %zu is %s", when, i,
				  uffd_wp ? "clear" : "set");
}

static _Noreturn void be_the_sharer(const struct shared *shared)
{
	size_t i;

	for (i = 0; i < PAGES; i++)
		(void)*(volatile char *)page(shared, i);
	pass_turn(shared->to_parent);
	wait_turn(shared->to_child);
	expect_all(shared, false, "of the sharer");
	for (i = 0; i < PAGES; i++)
		*(volatile char *)page(shared, i) = 'S';
	child_exit();
}

static void protect(struct shared *shared, bool zap)
{
	shared->uffd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	uffd_register(shared->uffd, shared->start, SPAN);
	uffd_protect(shared->uffd, shared->start, PAGES * HUGE_PAGE);
	if (zap && madvise(shared->start, PAGES * HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	expect_all(shared, true, "of who protects");
}

static void expect_traps(const struct shared *shared)
{
	bool trapped[PAGES];
	size_t i;

	uffd_write_pages(shared->uffd, shared->start, HUGE_PAGE, PAGES, 'W', trapped);
	for (i = 0; i < PAGES; i++)
		if (!trapped[i])
			case_fail("write: page %zu raises no event", i);
}

static void run_with(bool zap)
{
	struct shared shared;
	pid_t child;

	map(&shared);
	child = child_fork();
	if (!child)
		be_the_sharer(&shared);
	wait_turn(shared.to_parent);
	protect(&shared, zap);
	pass_turn(shared.to_child);
	child_wait(child);
	expect_all(&shared, true, "after the sharer's writes");
	expect_traps(&shared);
}

static void present(const struct test_case *self)
{
	run_with(false);
}

static void marker(const struct test_case *self)
{
	run_with(true);
}

int main(int argc, char **argv)
{
	static struct test_case cases[2];

	case_describe(&cases[0], "hugetlb", "present", "shared-page-table",
		      "a process that shares the page table is not protected with us");
	cases[0].run = present;
	case_describe(&cases[1], "hugetlb", "marker", "shared-page-table",
		      "a process that shares the page table gets no markers of ours");
	cases[1].run = marker;
	return cases_main(argc, argv, cases, 2);
}
