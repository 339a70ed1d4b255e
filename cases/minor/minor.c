// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is registered for minor faults as well: the page is in the file, and
 * comes into the mapping when, and only when, somebody has been asked.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "mapping.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

#define PAGES 4

struct row {
	enum mapping_kind kind;
	enum form form;
	bool wp;	/* UFFDIO_CONTINUE protects what it maps */
};

static const struct row rows[] = {
	{ SHMEM, FORM_NONE, false },
	{ SHMEM, FORM_MARKER, false },
	{ SHMEM, FORM_MARKER, true },
	{ SHMEM_PRIVATE_CACHE, FORM_NONE, false },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, false },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, true },
	{ HUGETLB, FORM_NONE, false },
	{ HUGETLB, FORM_MARKER, false },
	{ HUGETLB, FORM_MARKER, true },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void bring_in_protected(int uffd, char *page, size_t size)
{
	int error = uffd_try_continue(uffd, page, size, UFFDIO_CONTINUE_MODE_WP);

	if (error == EINVAL)
		case_skip("no UFFDIO_CONTINUE_MODE_WP");
	if (error)
		case_error("UFFDIO_CONTINUE: %s", strerror(error));
}

static int watch(const struct mapping *mapping)
{
	uint64_t minor = mapping_kind_is_hugetlb(mapping->kind) ? UFFD_FEATURE_MINOR_HUGETLBFS
								: UFFD_FEATURE_MINOR_SHMEM;
	int uffd = uffd_open(minor | UFFD_FEATURE_WP_HUGETLBFS_SHMEM);

	uffd_register_mode(uffd, mapping->start, mapping_size(mapping),
			   UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MINOR);
	return uffd;
}

static void expect_pages(const struct mapping *mapping, const bool *asked, bool uffd_wp)
{
	size_t i;

	for (i = 0; i < PAGES; i++) {
		char *page = mapping_page(mapping, i);

		if (!asked[i])
			case_fail("page %zu came in without an event", i);
		if (pagemap_entry(page).uffd_wp != uffd_wp)
			case_fail("pagemap: uffd-wp of page %zu is %s", i,
				  uffd_wp ? "clear" : "set");
		if (*page != FILE_DATA)
			case_fail("data: page %zu is not the file's", i);
	}
}

static void expect_traps(int uffd, const struct mapping *mapping, bool expected)
{
	bool trapped[PAGES];
	size_t i;

	uffd_write_pages(uffd, mapping->start, mapping->page_size, PAGES, 'W', trapped);
	for (i = 0; i < PAGES; i++)
		if (trapped[i] != expected)
			case_fail("write: page %zu raises %s event", i, expected ? "no" : "an");
}

/* mfill_atomic_install_pte(): what a private mapping gets of the file is not for it to write. */
static void expect_file_untouched(const struct mapping *mapping)
{
	char *file = mmap(NULL, mapping_size(mapping), PROT_READ, MAP_SHARED, mapping->fd, 0);
	size_t i;

	if (file == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	for (i = 0; i < PAGES; i++)
		if (file[i * mapping->page_size] != FILE_DATA)
			case_fail("data: a write to page %zu of a private mapping is in the file", i);
}

/*
 * uffd_disable_fault_around(): a fault that brings its neighbours in asks nobody for them.
 * userfaultfd_must_wait(): a fault that waits for a page takes a marker for none.
 */
static void one_by_one(const struct test_case *self)
{
	const struct row *row = self->row;
	const struct uffd_touch reading = {
		.flags = UFFD_PAGEFAULT_FLAG_MINOR,
		.resolve = row->wp ? bring_in_protected : uffd_continue,
	};
	struct mapping mapping = mapping_create(row->kind, PAGES);
	int uffd = watch(&mapping);
	bool asked[PAGES];

	if (row->form == FORM_MARKER)
		uffd_protect(uffd, mapping.start, mapping_size(&mapping));
	uffd_touch_pages(uffd, &reading, mapping.start, mapping.page_size, PAGES, asked);
	expect_pages(&mapping, asked, row->wp);
	expect_traps(uffd, &mapping, row->wp);
	if (mapping.kind == SHMEM_PRIVATE_CACHE)
		expect_file_untouched(&mapping);
}

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		case_describe(&cases[i], mapping_name(rows[i].kind), form_name(rows[i].form),
			      rows[i].wp ? "minor-wp" : "minor",
			      rows[i].wp ? "each page asks before it comes in, protected"
					 : "each page asks before it comes in, and comes in clean");
		cases[i].row = &rows[i];
		cases[i].run = one_by_one;
	}
	return cases_main(argc, argv, cases, ROWS);
}
