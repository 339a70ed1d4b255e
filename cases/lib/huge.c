// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "device.h"
#include "huge.h"
#include "migrate.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

/* Enough to meet what is huge once, and small pages after that. */
#define SOME 4

static const char *const names[] = {
	[HUGE] = "huge",
	[HUGE_ZERO] = "huge-zero",
	[HUGE_MIGRATION] = "huge-migration",
	[HUGE_DEVICE] = "huge-device",
	[SMALL_MARKERS] = "marker",
};

bool huge_is_mapped(const char *mapping, bool shared)
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

char *huge_find_place(void)
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
	if (pagemap_entry(huge->start + HUGE_PAGE - SMALL_PAGE).form != FORM_PRESENT)
		case_error("could not get the huge zero page");
}

static void populate(struct huge *huge)
{
	huge->data = 'P';
	memset(huge->start, huge->data, HUGE_PAGE);
	if (huge->form != SMALL_MARKERS && !huge_is_mapped(huge->start, huge->shared))
		case_error("could not get a huge page");
}

static void watch(struct huge *huge, uint64_t features)
{
	huge->uffd = uffd_open(features | (huge->shared ? UFFD_FEATURE_WP_HUGETLBFS_SHMEM : 0));
	uffd_register(huge->uffd, huge->start, HUGE_PAGE);
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
	huge->start = mmap(huge_find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE, flags | MAP_FIXED,
			   huge->fd, 0);
	if (huge->start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	if (madvise(huge->start, HUGE_PAGE, advice))
		case_skip("MADV_HUGEPAGE: %s", strerror(errno));
	if (huge->form == HUGE_ZERO)
		populate_zero(huge);
	else
		populate(huge);
	watch(huge, 0);
}

void huge_watch(struct huge *huge, uint64_t features)
{
	uffd_unregister(huge->uffd, huge->start, HUGE_PAGE);
	close(huge->uffd);
	watch(huge, features);
}

void huge_send_away(const struct huge *huge)
{
	if (huge->form == HUGE_MIGRATION)
		migrate_hold(huge->start);
	if (huge->form == HUGE_DEVICE)
		device_migrate_huge(huge->start);
}

void huge_read_all(const struct huge *huge)
{
	size_t i;

	for (i = 0; i < SMALL_PAGES; i++)
		(void)*(volatile char *)(huge->start + i * SMALL_PAGE);
}

void huge_protect(const struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	huge_send_away(huge);
}

void huge_protect_small_entry(const struct huge *huge)
{
	char *page = huge->start + ONE * SMALL_PAGE;

	uffd_protect(huge->uffd, page, SMALL_PAGE);
	if (huge->shared)
		huge_read_all(huge);
	migrate_hold(page);
}

void huge_move(struct huge *huge, char *place, size_t page, size_t pages)
{
	size_t size = pages * SMALL_PAGE;
	size_t offset = page * SMALL_PAGE;

	if (mremap(huge->start + offset, size, size, MREMAP_MAYMOVE | MREMAP_FIXED,
		   place + offset) != place + offset)
		case_error("mremap: %s", strerror(errno));
	migrate_confirm(place - huge->start);
	huge->start = place;
}

bool huge_expect(const struct huge *huge, size_t page, bool uffd_wp, const char *when)
{
	struct entry entry;

	migrate_settle();
	entry = pagemap_entry(huge->start + page * SMALL_PAGE);
	if (entry.uffd_wp == uffd_wp)
		return true;
	case_fail("pagemap, %s: uffd-wp of page %zu is %s, expected %s (%s)", when, page,
		  entry.uffd_wp ? "set" : "clear", uffd_wp ? "set" : "clear",
		  form_name(entry.form));
	return false;
}

static void expect_written(const struct huge *huge, size_t page)
{
	const char *start = huge->start + page * SMALL_PAGE;

	if (start[0] != 'W' || start[1] != huge->data)
		case_fail("data: page %zu is not what it was", page);
}

/* The first page that is not as it should be speaks for those after it. */
void huge_expect_only(const struct huge *huge, size_t from, size_t to, const char *when)
{
	size_t i;

	for (i = 0; i < SMALL_PAGES; i++)
		if (!huge_expect(huge, i, from <= i && i < to, when))
			return;
}

void huge_write_around(const struct huge *huge, size_t from, size_t to)
{
	size_t first = from ? from - 1 : 0;
	size_t end = to < SMALL_PAGES ? to + 1 : SMALL_PAGES;
	bool trapped[SMALL_PAGES];
	size_t i;

	uffd_write_pages(huge->uffd, huge->start + first * SMALL_PAGE, SMALL_PAGE, end - first,
			 'W', trapped);
	for (i = first; i < end; i++) {
		bool expected = from <= i && i < to;

		if (trapped[i - first] != expected) {
			case_fail("write: page %zu raises %s event, expected %s", i,
				  trapped[i - first] ? "an" : "no", expected ? "one" : "none");
			return;
		}
		expect_written(huge, i);
	}
}

void huge_write_some(const struct huge *huge)
{
	size_t first = OTHER;
	bool trapped[SOME];
	size_t i;

	uffd_write_pages(huge->uffd, huge->start + first * SMALL_PAGE, SMALL_PAGE, SOME, 'W',
			 trapped);
	for (i = 0; i < SOME; i++) {
		if (!trapped[i])
			case_fail("write: page %zu raises no event, expected one", first + i);
		expect_written(huge, first + i);
	}
}

void huge_read_missing(const struct huge *huge,
		       void (*resolve)(int uffd, char *page, size_t page_size))
{
	const struct uffd_touch reading = { .resolve = resolve };
	char *page = huge->start + ONE * SMALL_PAGE;
	bool asked;

	uffd_touch_pages(huge->uffd, &reading, page, SMALL_PAGE, 1, &asked);
	if (!asked)
		case_fail("page %d came in without an event", ONE);
	if (*page != COPIED_DATA)
		case_fail("data: page %d is not what it was filled with", ONE);
}

static void run(const struct test_case *self)
{
	const struct huge_row *row = self->row;
	struct huge huge = { .shared = row->shared, .form = row->form };

	set(&huge);
	row->check(&huge);
}

int huge_main(int argc, char **argv, const struct huge_row *rows, size_t n)
{
	struct test_case *cases = calloc(n, sizeof(*cases));
	size_t i;

	if (!cases)
		return EXIT_FAILURE;
	for (i = 0; i < n; i++) {
		case_describe(&cases[i], rows[i].shared ? "shmem" : "anon", names[rows[i].form],
			      rows[i].operation, rows[i].title);
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, n);
}
