// SPDX-License-Identifier: GPL-2.0
/*
 * A fault may fill a large folio at once, but not in memory that is registered: whoever
 * watches is to hear of each page, so each fault is for one ("per-page fault fidelity",
 * mm/memory.c).  A twin that nobody watches shows that the kernel would have brought in more.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "large.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "rows.h"
#include "swap.h"
#include "uffd.h"

/* The page that is touched. */
#define ONE 5

static size_t count_present(const struct mapping *mapping)
{
	size_t present = 0;
	size_t i;

	for (i = 0; i < LARGE_PAGES; i++)
		present += pagemap_entry(mapping_page(mapping, i)).form == FORM_PRESENT;
	return present;
}

static void expect_one(const struct mapping *watched, const struct mapping *twin)
{
	size_t present = count_present(watched);

	if (count_present(twin) != LARGE_PAGES)
		case_error("could not get a large folio");
	if (present != 1)
		case_fail("pagemap: a fault brings in %zu pages", present);
}

static void watch(const struct mapping *mapping)
{
	uffd_register(uffd_open(0), mapping->start, LARGE);
}

static void write_one(const struct case_row *row)
{
	struct mapping twin = large_map(ANON);
	struct mapping watched = large_map(ANON);

	watch(&watched);
	large_begin(ANON);
	*mapping_page(&twin, ONE) = 'W';
	*mapping_page(&watched, ONE) = 'W';
	large_end();
	expect_one(&watched, &twin);
}

static void read_one_from_swap(const struct case_row *row)
{
	struct mapping twin = large_map(ANON);
	struct mapping watched = large_map(ANON);

	swap_needed();
	/* Only what went as one comes back as one. */
	large_begin(ANON);
	mapping_populate(&twin);
	mapping_populate(&watched);
	large_end();
	watch(&watched);
	reclaim_pageout(twin.start, LARGE);
	reclaim_pageout(watched.start, LARGE);
	large_begin(ANON);
	(void)*(volatile char *)mapping_page(&twin, ONE);
	(void)*(volatile char *)mapping_page(&watched, ONE);
	large_end();
	expect_one(&watched, &twin);
}

/* The file has them all, in one folio: no twin is needed. */
static void expect_in_file(const struct mapping *mapping)
{
	unsigned char resident[LARGE_PAGES];
	size_t i;

	if (mincore(mapping->start, LARGE, resident))
		case_error("mincore: %s", strerror(errno));
	for (i = 0; i < LARGE_PAGES; i++)
		if (!(resident[i] & 1))
			case_error("could not get a large folio");
}

/* finish_fault(): a page that was not asked for before is in the file now, and is asked for. */
static void fill_hole(const struct case_row *row)
{
	const struct uffd_touch reading = {
		.flags = UFFD_PAGEFAULT_FLAG_MINOR, .resolve = uffd_continue,
	};
	struct mapping mapping = large_map(SHMEM);
	int uffd = uffd_open(UFFD_FEATURE_MINOR_SHMEM | UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	bool asked[LARGE_PAGES];
	size_t i;

	uffd_register_mode(uffd, mapping.start, LARGE,
			   UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MINOR);
	large_begin(SHMEM);
	(void)*(volatile char *)mapping_page(&mapping, ONE);
	large_end();
	expect_in_file(&mapping);
	uffd_touch_pages(uffd, &reading, mapping.start, mapping.page_size, LARGE_PAGES, asked);
	for (i = 0; i < LARGE_PAGES; i++)
		if (asked[i] != (i != ONE))
			case_fail("page %zu came in with%s an event", i, asked[i] ? "" : "out");
}

static const struct case_row rows[] = {
	{ ANON, FORM_NONE, "large-write", "a write brings in one page of what could be a large folio",
	  write_one },
	{ ANON, FORM_SWAP, "large-read", "a read brings back one page of a large folio in swap",
	  read_one_from_swap },
	{ SHMEM, FORM_NONE, "large-minor",
	  "of a large folio that fills a hole in the file, each page but one asks before it comes in",
	  fill_hole },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

int main(int argc, char **argv)
{
	return rows_main(argc, argv, rows, ROWS);
}
