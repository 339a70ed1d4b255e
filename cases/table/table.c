// SPDX-License-Identifier: GPL-2.0
/*
 * A zap of all that one page table maps: since 6.14 the kernel frees a table that
 * this leaves empty, and one that is full of markers is not.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "mapping.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "uffd.h"

/* Pages that one table maps. */
#define TABLE 512

struct row {
	enum mapping_kind kind;
	enum form form;
};

static const struct row rows[] = {
	{ SHMEM, FORM_PRESENT },
	{ SHMEM, FORM_MARKER },
	{ SHMEM_PRIVATE, FORM_PRESENT },
	{ SHMEM_PRIVATE, FORM_SWAP },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

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

static void run(const struct test_case *self)
{
	const struct row *row = self->row;
	/* The second half is just what one table maps. */
	struct mapping mapping = mapping_create_across(row->kind, 2 * TABLE);
	char *table = mapping_page(&mapping, TABLE);
	size_t length = TABLE * mapping.page_size;
	int uffd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);

	if (row->form == FORM_SWAP)
		swap_needed();
	uffd_register(uffd, mapping.start, mapping_size(&mapping));
	mapping_populate(&mapping);
	uffd_protect(uffd, table, length);
	if (row->form == FORM_SWAP)
		reclaim_pageout(table, length);
	if (row->form == FORM_MARKER)
		zap(table, length);
	zap(table, length);
	expect_markers(table);
	write_all(uffd, table);
}

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		case_describe(&cases[i], mapping_name(rows[i].kind), form_name(rows[i].form),
			      "madv-dontneed-table", "a zap of a whole page table leaves it full of markers");
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, ROWS);
}
