// SPDX-License-Identifier: GPL-2.0
/*
 * A zap of all that one page table maps: since 6.14 the kernel frees a table that
 * this leaves empty, and one that is full of markers is not.
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mapping.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "table.h"
#include "uffd.h"

/* Pages that one table maps. */
#define TABLE 512
/*
 * zap_pte_range() takes another way, which looks at each entry once more, when somebody
 * else is to run meanwhile: that is not so each time.
 */
#define ROUNDS 2

static void zap(void *start, size_t length)
{
	if (madvise(start, length, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
}

/* The first page that has none speaks for those after it. */
static void expect_markers(const char *table)
{
	size_t i;

	for (i = 0; i < TABLE; i++) {
		struct entry entry = pagemap_entry(table + i * getpagesize());

		if (entry.form == FORM_MARKER && entry.uffd_wp)
			continue;
		case_fail("pagemap: page %zu of the table is %s%s, expected marker+wp", i,
			  form_name(entry.form), entry.uffd_wp ? "+wp" : "");
		return;
	}
}

static void write_all(int uffd, char *start)
{
	bool trapped[TABLE];
	size_t silent = 0;
	size_t i;

	uffd_write_pages(uffd, start, getpagesize(), TABLE, 'W', trapped);
	for (i = 0; i < TABLE; i++)
		silent += !trapped[i];
	if (silent)
		case_fail("write: %zu of %d pages raise no event", silent, TABLE);
}

/* Fills the table with pages, protects them, and zaps them in the form. */
static void fill_and_zap(const struct mapping *table, int uffd, enum form form)
{
	size_t length = mapping_size(table);

	uffd_unprotect(uffd, table->start, length);
	mapping_populate(table);
	uffd_protect(uffd, table->start, length);
	if (form == FORM_SWAP)
		reclaim_pageout(table->start, length);
	if (form == FORM_MARKER)
		zap(table->start, length);
	zap(table->start, length);
}

void zap_table(const struct case_row *row)
{
	struct mapping mapping = mapping_create_across(row->kind, 2 * TABLE);
	/* The second half is just what one table maps. */
	struct mapping table = mapping;
	int uffd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	int round;

	table.start = mapping_page(&mapping, TABLE);
	table.pages = TABLE;
	if (row->form == FORM_SWAP)
		swap_needed();
	uffd_register(uffd, mapping.start, mapping_size(&mapping));
	for (round = 0; round < ROUNDS; round++) {
		fill_and_zap(&table, uffd, row->form);
		expect_markers(table.start);
	}
	write_all(uffd, table.start);
}
