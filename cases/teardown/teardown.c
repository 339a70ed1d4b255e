// SPDX-License-Identifier: GPL-2.0
/*
 * Where protection must end: what unmaps for good, unregisters or closes takes
 * the bit and every marker with it.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "mapping.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

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
	{ HUGETLB, FORM_PRESENT },
	{ HUGETLB, FORM_MARKER },
	{ HUGETLB_PRIVATE, FORM_PRESENT },
	{ HUGETLB_PRIVATE, FORM_MARKER },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

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

static void set(struct scene *scene, const struct test_case *self)
{
	const struct row *row = self->row;

	scene_set(scene, row->kind, row->form, ALL, 0);
}

static void unmap_and_map_again(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	keep_page_table(&scene.mapping);
	if (munmap(scene.mapping.start, mapping_size(&scene.mapping)))
		case_error("munmap: %s", strerror(errno));
	mapping_map_again(&scene.mapping);
	scene_expect_bits(&scene, 0, PAGES, false, "mapped again");
	mapping_populate(&scene.mapping);
	scene_expect_bits(&scene, 0, PAGES, false, "populated again");
	scene_write_freely(&scene, 0, PAGES);
}

static void unregister(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_bits(&scene, 0, PAGES, false, "unregistered");
	scene_write_freely(&scene, 0, PAGES);
}

static void unregister_a_part(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, mapping_page(&scene.mapping, 2), 3 * scene.mapping.page_size);
	scene_expect_bits(&scene, 0, 2, true, "before the part");
	scene_expect_bits(&scene, 2, 5, false, "in the part");
	scene_expect_bits(&scene, 5, PAGES, true, "after the part");
	scene_write_freely(&scene, 2, 5);
}

static void close_uffd(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	close(scene.uffd);
	scene_expect_bits(&scene, 0, PAGES, false, "closed");
	scene_write_freely(&scene, 0, PAGES);
}

static void unprotect(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unprotect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_bits(&scene, 0, PAGES, false, "unprotected");
	scene_write_freely(&scene, 0, PAGES);
}

static void unprotect_a_part(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unprotect(scene.uffd, mapping_page(&scene.mapping, 2), 3 * scene.mapping.page_size);
	scene_expect_bits(&scene, 0, 2, true, "before the part");
	scene_expect_bits(&scene, 2, 5, false, "in the part");
	scene_expect_bits(&scene, 5, PAGES, true, "after the part");
	scene_write_freely(&scene, 2, 5);
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
	{ "unprotect", "UFFDIO_WRITEPROTECT off clears every form", unprotect },
	{ "unprotect-part", "UFFDIO_WRITEPROTECT off clears its range and no more",
	  unprotect_a_part },
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
			case_describe(self, mapping_name(rows[row].kind),
				      form_name(rows[row].form), operations[i].name,
				      operations[i].title);
			self->row = &rows[row];
			self->run = operations[i].run;
		}
	}
	return cases_main(argc, argv, cases, ROWS * OPERATIONS);
}
