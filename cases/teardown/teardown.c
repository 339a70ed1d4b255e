// SPDX-License-Identifier: GPL-2.0
/*
 * Where protection must end: what unmaps for good, unregisters or closes takes
 * the bit and every marker with it.
 */
#include <errno.h>
#include <linux/userfaultfd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "mapping.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"
#include "uffd.h"

#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM (1 << 12)
#endif

#define PAGES 8

struct row {
	enum mapping_kind kind;
	enum form form;
};

static const struct row rows[] = {
	{ SHMEM, FORM_PRESENT },
	{ SHMEM, FORM_MARKER },
	{ SHMEM_PRIVATE, FORM_PRESENT },
	{ SHMEM_PRIVATE, FORM_SWAP },
	{ SHMEM_PRIVATE, FORM_MARKER },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER },
	{ ANON, FORM_PRESENT },
	{ ANON, FORM_SWAP },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

/* Protects all pages and brings them into the form. */
static struct mapping set_scene(const struct row *row, int *uffd)
{
	struct mapping mapping = mapping_create(row->kind, PAGES);
	size_t size = mapping_size(&mapping);
	size_t i;

	*uffd = uffd_open(row->kind == ANON ? 0 : UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	uffd_register(*uffd, mapping.start, size);
	mapping_populate(&mapping);
	uffd_protect(*uffd, mapping.start, size);
	if (row->form == FORM_SWAP)
		reclaim_pageout(mapping.start, size);
	if (row->form == FORM_MARKER && madvise(mapping.start, size, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	for (i = 0; i < PAGES; i++) {
		struct entry entry = pagemap_entry(mapping_page(&mapping, i));

		if (entry.form != row->form || !entry.uffd_wp)
			case_error("page %zu is %s%s before the operation", i,
				   form_name(entry.form), entry.uffd_wp ? "+wp" : "");
	}
	return mapping;
}

static void expect_pages(const struct mapping *mapping, size_t from, size_t to, bool uffd_wp)
{
	size_t i;

	for (i = from; i < to; i++) {
		struct entry entry = pagemap_entry(mapping_page(mapping, i));

		if (entry.uffd_wp != uffd_wp)
			case_fail("pagemap: uffd-wp of page %zu is %s, expected %s (%s)", i,
				  entry.uffd_wp ? "set" : "clear", uffd_wp ? "set" : "clear",
				  form_name(entry.form));
	}
}

/* Without anybody to resolve it, an event would block until the alarm. */
static void expect_free_writes(const struct mapping *mapping, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++)
		*(volatile char *)mapping_page(mapping, i) = 'W';
}

/*
 * A neighbour in the same 2 MiB keeps the page table, so that a marker that was
 * left behind would be found by whoever maps here next.
 */
static void *keep_page_table(const struct mapping *mapping)
{
	char *after = mapping->start + mapping_size(mapping);
	char *page = mmap(after, mapping->page_size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	/* Whoever has that address already serves as well, if it is populated. */
	if (page != MAP_FAILED)
		*page = 1;
	return page;
}

static void unmap_and_map_again(const struct test_case *self)
{
	const struct row *row = self->row;
	struct mapping mapping;
	int uffd;

	mapping = set_scene(row, &uffd);
	keep_page_table(&mapping);
	if (munmap(mapping.start, mapping_size(&mapping)))
		case_error("munmap: %s", strerror(errno));
	mapping_map_again(&mapping);
	expect_pages(&mapping, 0, PAGES, false);
	mapping_populate(&mapping);
	expect_pages(&mapping, 0, PAGES, false);
	expect_free_writes(&mapping, 0, PAGES);
}

static void unregister(const struct test_case *self)
{
	const struct row *row = self->row;
	struct mapping mapping;
	int uffd;

	mapping = set_scene(row, &uffd);
	uffd_unregister(uffd, mapping.start, mapping_size(&mapping));
	expect_pages(&mapping, 0, PAGES, false);
	expect_free_writes(&mapping, 0, PAGES);
}

static void unregister_a_part(const struct test_case *self)
{
	const struct row *row = self->row;
	struct mapping mapping;
	int uffd;

	mapping = set_scene(row, &uffd);
	uffd_unregister(uffd, mapping_page(&mapping, 2), 3 * mapping.page_size);
	expect_pages(&mapping, 0, 2, true);
	expect_pages(&mapping, 2, 5, false);
	expect_pages(&mapping, 5, PAGES, true);
	expect_free_writes(&mapping, 2, 5);
}

static void close_uffd(const struct test_case *self)
{
	const struct row *row = self->row;
	struct mapping mapping;
	int uffd;

	mapping = set_scene(row, &uffd);
	close(uffd);
	expect_pages(&mapping, 0, PAGES, false);
	expect_free_writes(&mapping, 0, PAGES);
}

static const struct {
	const char *name;
	const char *title;
	void (*run)(const struct test_case *self);
} operations[] = {
	{ "munmap", "what is mapped next at the address is clean", unmap_and_map_again },
	{ "unregister", "UFFDIO_UNREGISTER clears every form", unregister },
	{ "unregister-part", "UFFDIO_UNREGISTER clears its range and no more",
	  unregister_a_part },
	{ "close", "closing the userfaultfd clears every form", close_uffd },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS * OPERATIONS];
	struct test_case *self = cases;
	size_t row, i;

	for (row = 0; row < ROWS; row++) {
		for (i = 0; i < OPERATIONS; i++, self++) {
			self->mapping = mapping_name(rows[row].kind);
			self->form = form_name(rows[row].form);
			self->row = &rows[row];
			self->run = operations[i].run;
			snprintf(self->operation, sizeof(self->operation), "%s",
				 operations[i].name);
			snprintf(self->id, sizeof(self->id), "%s/%s/%s", self->mapping,
				 self->form, self->operation);
			snprintf(self->title, sizeof(self->title), "%s", operations[i].title);
		}
	}
	return cases_main(argc, argv, cases, ROWS * OPERATIONS);
}
