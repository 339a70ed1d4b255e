// SPDX-License-Identifier: GPL-2.0
/*
 * Huge pages mapped by one entry: protecting a part splits it, and neither loses
 * protection nor gives it to a neighbour.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "force.h"
#include "mapping.h"
#include "migrate.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "uffd.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

#define PAGE 4096UL
#define SMALL (HUGE_PAGE / PAGE)
/* A page inside, and one after the middle. */
#define ONE 5
#define OTHER 300

enum huge_form {
	HUGE,
	HUGE_ZERO,	/* the zero page: nobody has written yet */
	HUGE_MIGRATION,	/* on its way to another node */
	SMALL_MARKERS,	/* small pages that were protected, and zapped */
};

static const char *const names[] = {
	[HUGE] = "huge",
	[HUGE_ZERO] = "huge-zero",
	[HUGE_MIGRATION] = "huge-migration",
	[SMALL_MARKERS] = "marker",
};

struct huge {
	bool shared;
	enum huge_form form;
	int fd;
	char *start;
	char data;
	int uffd;
};

struct row {
	bool shared;
	enum huge_form form;
	const char *operation;
	const char *title;
	void (*check)(struct huge *huge);
};

static bool is_mapped_huge(const char *mapping, bool shared)
{
	const char *field = shared ? "ShmemPmdMapped:" : "AnonHugePages:";
	FILE *smaps = fopen("/proc/self/smaps", "re");
	unsigned long kib = 0;
	unsigned long start, end;
	char line[512];
	bool ours = false;

	/* A mapping's own line begins with its range, a field's line with its name. */
	while (smaps && fgets(line, sizeof(line), smaps)) {
		if (sscanf(line, "%lx-%lx ", &start, &end) == 2)
			ours = start == (unsigned long)mapping;
		else if (ours && !strncmp(line, field, strlen(field)))
			sscanf(line + strlen(field), "%lu", &kib);
	}
	if (smaps)
		fclose(smaps);
	return kib * 1024 == HUGE_PAGE;
}

/* Where a huge page can lie, with room that nobody else uses on both sides. */
static char *find_place(void)
{
	char *room = mmap(NULL, 3 * HUGE_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return (char *)(((unsigned long)room + HUGE_PAGE) & ~(HUGE_PAGE - 1));
}

/* The zero page is counted nowhere, but a single read has brought in all of it. */
static void populate_zero(struct huge *huge)
{
	(void)*(volatile char *)huge->start;
	if (pagemap_entry(huge->start + HUGE_PAGE - PAGE).form != FORM_PRESENT)
		case_error("could not get the huge zero page");
}

static void populate(struct huge *huge)
{
	huge->data = 'P';
	memset(huge->start, huge->data, HUGE_PAGE);
	if (huge->form != SMALL_MARKERS && !is_mapped_huge(huge->start, huge->shared))
		case_error("could not get a huge page");
}

static void set(struct huge *huge)
{
	int flags = huge->shared ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS;
	int advice = huge->form == SMALL_MARKERS ? MADV_NOHUGEPAGE : MADV_HUGEPAGE;

	huge->fd = -1;
	if (huge->shared) {
		huge->fd = memfd_create("case", MFD_CLOEXEC);
		if (huge->fd < 0 || ftruncate(huge->fd, HUGE_PAGE))
			case_error("memfd_create: %s", strerror(errno));
	}
	huge->start = mmap(find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE, flags | MAP_FIXED,
			   huge->fd, 0);
	if (huge->start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	if (madvise(huge->start, HUGE_PAGE, advice))
		case_skip("MADV_HUGEPAGE: %s", strerror(errno));
	if (huge->form == HUGE_ZERO)
		populate_zero(huge);
	else
		populate(huge);
	huge->uffd = uffd_open(huge->shared ? UFFD_FEATURE_WP_HUGETLBFS_SHMEM : 0);
	uffd_register(huge->uffd, huge->start, HUGE_PAGE);
}

static void hold_if_migrating(const struct huge *huge)
{
	if (huge->form == HUGE_MIGRATION)
		migrate_hold(huge->start);
}

static void protect(const struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	hold_if_migrating(huge);
}

static bool expect(const struct huge *huge, size_t page, bool uffd_wp, const char *when)
{
	struct entry entry;

	migrate_settle();
	entry = pagemap_entry(huge->start + page * PAGE);
	if (entry.uffd_wp == uffd_wp)
		return true;
	case_fail("pagemap, %s: uffd-wp of page %zu is %s, expected %s (%s)", when, page,
		  entry.uffd_wp ? "set" : "clear", uffd_wp ? "set" : "clear",
		  form_name(entry.form));
	return false;
}

/* The first page that is not as it should be speaks for those after it. */
static void expect_only(const struct huge *huge, size_t from, size_t to, const char *when)
{
	size_t i;

	for (i = 0; i < SMALL; i++)
		if (!expect(huge, i, from <= i && i < to, when))
			return;
}

/* Just the pages from @from to @to must raise events, and not their neighbours. */
static void write_around(const struct huge *huge, size_t from, size_t to)
{
	size_t first = from ? from - 1 : 0;
	size_t end = to < SMALL ? to + 1 : SMALL;
	bool trapped[SMALL];
	size_t i;

	uffd_write_pages(huge->uffd, huge->start + first * PAGE, PAGE, end - first, 'W', trapped);
	for (i = first; i < end; i++) {
		bool expected = from <= i && i < to;

		if (trapped[i - first] != expected)
			case_fail("write: page %zu raises %s event, expected %s", i,
				  trapped[i - first] ? "an" : "no", expected ? "one" : "none");
		if (huge->start[i * PAGE + 1] != huge->data || huge->start[i * PAGE] != 'W')
			case_fail("data: page %zu is not what it was", i);
	}
}

static void protect_one(struct huge *huge)
{
	hold_if_migrating(huge);
	uffd_protect(huge->uffd, huge->start + ONE * PAGE, PAGE);
	expect_only(huge, ONE, ONE + 1, "protected");
	write_around(huge, ONE, ONE + 1);
}

static void protect_all(struct huge *huge)
{
	bool trapped[SMALL];
	size_t silent = 0;
	size_t i;

	hold_if_migrating(huge);
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	expect_only(huge, 0, SMALL, "protected");
	uffd_write_pages(huge->uffd, huge->start, PAGE, SMALL, 'W', trapped);
	for (i = 0; i < SMALL; i++)
		silent += !trapped[i];
	if (silent)
		case_fail("write: %zu of %zu pages raise no event", silent, SMALL);
	expect_only(huge, 0, 0, "resolved");
}

static void zap_part(struct huge *huge)
{
	protect(huge);
	if (madvise(huge->start + OTHER * PAGE, 4 * PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	if (huge->shared) {
		expect_only(huge, 0, SMALL, "zapped");
	} else {
		expect(huge, OTHER - 1, true, "before what was zapped");
		expect(huge, OTHER, false, "zapped");
		expect(huge, OTHER + 4, true, "after what was zapped");
	}
}

static void unprotect_part(struct huge *huge)
{
	protect(huge);
	uffd_unprotect(huge->uffd, huge->start + OTHER * PAGE, 4 * PAGE);
	expect(huge, OTHER - 1, true, "before what is unprotected");
	expect(huge, OTHER, false, "unprotected");
	expect(huge, OTHER + 3, false, "unprotected");
	expect(huge, OTHER + 4, true, "after what is unprotected");
}

static void unprotect_all(struct huge *huge)
{
	protect(huge);
	uffd_unprotect(huge->uffd, huge->start, HUGE_PAGE);
	expect_only(huge, 0, 0, "unprotected");
	memset(huge->start, 'W', HUGE_PAGE);
}

/* Nobody has asked to hear of moves: what arrives is clean, and nobody watches it. */
static void move(struct huge *huge)
{
	char *place = find_place();

	protect(huge);
	huge->start = mremap(huge->start, HUGE_PAGE, HUGE_PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, place);
	if (huge->start == MAP_FAILED)
		case_error("mremap: %s", strerror(errno));
	expect_only(huge, 0, 0, "moved");
	memset(huge->start, 'W', HUGE_PAGE);
}

/* Whether it refuses or finds nothing to do is its business. */
static void collapse(char *start)
{
	if (madvise(start, 0, MADV_COLLAPSE))
		case_skip("no MADV_COLLAPSE");
	madvise(start, HUGE_PAGE, MADV_COLLAPSE);
}

/* A page that is protected by itself must not go into a huge page that is not. */
static void collapse_protected(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * PAGE, PAGE);
	/* Of a file, a split leaves nothing mapped, and a marker: read it in again. */
	(void)*(volatile char *)(huge->start + ONE * PAGE);
	collapse(huge->start);
	expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
	write_around(huge, ONE, ONE + 1);
}

static void collapse_swapped(struct huge *huge)
{
	swap_needed();
	uffd_protect(huge->uffd, huge->start + ONE * PAGE, PAGE);
	reclaim_pageout(huge->start + ONE * PAGE, PAGE);
	collapse(huge->start);
	expect_only(huge, ONE, ONE + 1, "after MADV_COLLAPSE");
	write_around(huge, ONE, ONE + 1);
}

static void fork_clean_child(struct huge *huge)
{
	pid_t child = child_fork();

	if (!child) {
		expect_only(huge, 0, 0, "in the child");
		memset(huge->start, 'C', HUGE_PAGE);
		child_exit();
	}
	child_wait(child);
}

static void fork_child(struct huge *huge)
{
	protect(huge);
	fork_clean_child(huge);
	expect_only(huge, 0, SMALL, "in the parent");
}

/* The page is still one, and migrates as one, but small entries map it. */
static void fork_child_of_small_entries(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * PAGE, PAGE);
	migrate_hold(huge->start + ONE * PAGE);
	fork_clean_child(huge);
	expect_only(huge, ONE, ONE + 1, "in the parent");
	write_around(huge, ONE, ONE + 1);
}

static void collapse_markers(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	collapse(huge->start);
	expect_only(huge, 0, SMALL, "after MADV_COLLAPSE");
}

/* mm/huge_memory.c: split_huge_pages_write() */
static void split_by_debugfs(const struct huge *huge)
{
	int fd = open("/sys/kernel/debug/split_huge_pages", O_WRONLY | O_CLOEXEC);
	unsigned long start = (unsigned long)huge->start;

	if (fd < 0)
		case_skip("no split_huge_pages in debugfs: %s", strerror(errno));
	if (dprintf(fd, "%d,%#lx,%#lx", getpid(), start, start + HUGE_PAGE) < 0)
		case_error("split_huge_pages: %s", strerror(errno));
	close(fd);
	if (is_mapped_huge(huge->start, huge->shared))
		case_error("could not split");
}

static void split(struct huge *huge)
{
	protect(huge);
	split_by_debugfs(huge);
	expect_only(huge, 0, SMALL, "split");
	write_around(huge, 0, SMALL);
}

/* try_to_map_unused_to_zeropage(): pages of zeros need no memory of their own. */
static void split_zeros(struct huge *huge)
{
	huge->data = '\0';
	memset(huge->start, huge->data, HUGE_PAGE);
	split(huge);
}

static void write_by_debugger(struct huge *huge)
{
	struct force force;

	/* A page that is shared with another process is not written by force. */
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTFORK))
		case_error("MADV_DONTFORK: %s", strerror(errno));
	force_begin(&force);
	/* With UFFD_FEATURE_SIGBUS nobody waits for an event: the write fails. */
	uffd_unregister(huge->uffd, huge->start, HUGE_PAGE);
	huge->uffd = uffd_open(UFFD_FEATURE_SIGBUS);
	uffd_register(huge->uffd, huge->start, HUGE_PAGE);
	protect(huge);
	if (mprotect(huge->start, HUGE_PAGE, PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	if (!force_write(&force, huge->start + ONE * PAGE))
		case_fail("the kernel wrote through the protection");
	force_end(&force);
	expect_only(huge, 0, SMALL, "after the refused write");
}

static char *map_elsewhere(const struct huge *huge)
{
	char *start = mmap(find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
			   huge->fd, 0);

	if (start == MAP_FAILED || madvise(start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("mapping the file once more: %s", strerror(errno));
	return start;
}

/* The markers are in a page table that a collapse of the file would like to free. */
static void leave_markers(const struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED) ||
	    madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("madvise: %s", strerror(errno));
}

/* Whatever MADV_COLLAPSE says of one mapping: whoever maps the file now gets a huge page. */
static void confirm_collapse(const struct huge *huge)
{
	char *start = map_elsewhere(huge);

	(void)*(volatile char *)start;
	if (!is_mapped_huge(start, true))
		case_error("could not collapse");
}

static void collapse_here(struct huge *huge)
{
	leave_markers(huge);
	collapse(huge->start);
	confirm_collapse(huge);
	expect_only(huge, 0, SMALL, "after MADV_COLLAPSE");
}

static void collapse_elsewhere(struct huge *huge)
{
	leave_markers(huge);
	collapse(map_elsewhere(huge));
	confirm_collapse(huge);
	expect_only(huge, 0, SMALL, "after MADV_COLLAPSE of another mapping");
}

/* pagemap_pmd_range() tells of each small page what holds for the entry that is one for all. */
static void show_each(struct huge *huge)
{
	size_t i;

	protect(huge);
	for (i = 0; i < SMALL; i++) {
		uint64_t raw = pagemap_raw(huge->start + i * PAGE) & (PM_PRESENT | PM_SWAP | PM_UFFD_WP);

		if (raw != (PM_SWAP | PM_UFFD_WP))
			case_fail("page %zu: bits %#llx under migration", i, (unsigned long long)raw);
	}
}

static const struct row rows[] = {
	{ true, HUGE, "protect-one", "protecting one page protects just that", protect_one },
	{ false, HUGE, "protect-one", "protecting one page protects just that", protect_one },
	{ true, HUGE, "protect-all", "protecting all, each page raises its event", protect_all },
	{ false, HUGE, "protect-all", "protecting all, each page raises its event", protect_all },
	{ true, HUGE, "madv-dontneed-part", "zapping a part leaves markers in it", zap_part },
	{ false, HUGE, "madv-dontneed-part", "zapping a part leaves the rest protected", zap_part },
	{ true, HUGE, "unprotect-part", "unprotecting a part leaves the rest protected", unprotect_part },
	{ false, HUGE, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ true, HUGE, "unprotect-all", "unprotecting all, no page is left protected", unprotect_all },
	{ false, HUGE, "unprotect-all", "unprotecting all, no page is left protected", unprotect_all },
	{ true, HUGE, "mremap", "what is moved arrives clean", move },
	{ false, HUGE, "mremap", "what is moved arrives clean", move },
	{ true, HUGE, "fork-child", "a child is clean, its parent stays protected", fork_child },
	{ false, HUGE, "fork-child", "a child is clean, its parent stays protected", fork_child },
	{ true, HUGE, "collapse", "MADV_COLLAPSE loses no marker", collapse_markers },
	{ false, HUGE, "collapse-protected", "MADV_COLLAPSE loses no protected page", collapse_protected },
	{ false, HUGE, "collapse-swapped", "MADV_COLLAPSE loses no protected swap entry",
	  collapse_swapped },
	{ true, HUGE, "collapse-protected", "MADV_COLLAPSE loses no protected page",
	  collapse_protected },
	{ true, HUGE, "split", "small pages are protected as the huge one was", split },
	{ false, HUGE, "split", "small pages are protected as the huge one was", split },
	{ false, HUGE, "split-zeros", "so they are where they become the zero page", split_zeros },
	{ false, HUGE, "debugger", "no write of a debugger to read-only memory goes through",
	  write_by_debugger },
	{ true, SMALL_MARKERS, "collapse", "MADV_COLLAPSE of the file loses no marker",
	  collapse_here },
	{ true, SMALL_MARKERS, "collapse-elsewhere",
	  "MADV_COLLAPSE of another mapping loses no marker", collapse_elsewhere },

	{ false, HUGE_ZERO, "protect-one", "protecting one page protects just that", protect_one },
	{ false, HUGE_ZERO, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_ZERO, "madv-dontneed-part", "zapping a part leaves the rest protected",
	  zap_part },
	{ false, HUGE_ZERO, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },

	{ true, HUGE_MIGRATION, "protect-one", "protecting one page protects just that",
	  protect_one },
	{ false, HUGE_MIGRATION, "protect-one", "protecting one page protects just that",
	  protect_one },
	{ true, HUGE_MIGRATION, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_MIGRATION, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_MIGRATION, "madv-dontneed-part", "zapping a part leaves the rest protected",
	  zap_part },
	{ false, HUGE_MIGRATION, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ false, HUGE_MIGRATION, "unprotect-all", "unprotecting all, no page is left protected",
	  unprotect_all },
	{ false, HUGE_MIGRATION, "mremap", "what is moved arrives clean", move },
	{ false, HUGE_MIGRATION, "fork-child", "a child is clean, its parent stays protected",
	  fork_child },
	{ false, HUGE_MIGRATION, "fork-child-small",
	  "so they do where small entries map the huge page", fork_child_of_small_entries },
	{ false, HUGE_MIGRATION, "pagemap", "each page has bits 62 and 57", show_each },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void run(const struct test_case *self)
{
	const struct row *row = self->row;
	struct huge huge = { .shared = row->shared, .form = row->form };

	set(&huge);
	row->check(&huge);
}

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		case_describe(&cases[i], rows[i].shared ? "shmem" : "anon", names[rows[i].form],
			      rows[i].operation, rows[i].title);
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, ROWS);
}
