/* SPDX-License-Identifier: GPL-2.0 */
/* The kinds of mapping that cases protect. */
#ifndef CASES_MAPPING_H
#define CASES_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

/* The size of hugetlbfs pages and of what THP maps at once. */
#define HUGE_PAGE (2UL << 20)

enum mapping_kind {
	SHMEM,			/* MAP_SHARED */
	SHMEM_PRIVATE,		/* MAP_PRIVATE, written to: COWed, anonymous pages */
	SHMEM_PRIVATE_CACHE,	/* MAP_PRIVATE, only read: the page cache's pages */
	ANON,
	HUGETLB,		/* MAP_SHARED, 2 MiB pages */
	HUGETLB_PRIVATE,	/* MAP_PRIVATE, written to */
};

/* What the file's pages hold, and what a private mapping has written over them. */
#define FILE_DATA	'F'
#define PRIVATE_DATA	'P'

struct mapping {
	enum mapping_kind kind;
	int fd;			/* -1 for anonymous memory */
	char *start;
	size_t page_size;
	size_t pages;
	size_t span;		/* of address space: the pages are at its beginning */
};

const char *mapping_name(enum mapping_kind kind);
bool mapping_kind_is_hugetlb(enum mapping_kind kind);
/* Has a page of its own, apart from a file's: data is lost when it is zapped. */
bool mapping_kind_is_private(enum mapping_kind kind);

/* Maps @pages pages of a fresh file, or of anonymous memory, with no page populated. */
struct mapping mapping_create(enum mapping_kind kind, size_t pages);
/* The same, with its middle where one page table ends and the next begins. */
struct mapping mapping_create_across(enum mapping_kind kind, size_t pages);
/* The same at @start, over whatever is mapped there, with @span bytes of address space. */
struct mapping mapping_create_at(enum mapping_kind kind, size_t pages, char *start, size_t span);
/* Maps the same file again, where it was: @start is free. */
void mapping_map_again(struct mapping *mapping);

/* Brings every page in, with the data of the kind. */
void mapping_populate(const struct mapping *mapping);
/* Punches a hole into the file, which then holds zeros; does nothing for anonymous memory. */
void mapping_empty_file(const struct mapping *mapping);
/* What each page holds once populated. */
char mapping_data(const struct mapping *mapping);

size_t mapping_size(const struct mapping *mapping);
char *mapping_page(const struct mapping *mapping, size_t page);

/* @span bytes of address space, aligned to their size, that nobody has ever touched. */
char *mapping_find_room(size_t span);

#endif
