// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/memfd.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mapping.h"
#include "result.h"

/* Of a page, whatever its size: huge pages take long to fill. */
#define LOOKED_AT 4096

const char *mapping_name(enum mapping_kind kind)
{
	static const char *const names[] = {
		[SHMEM] = "shmem",
		[SHMEM_PRIVATE] = "shmem-private",
		[SHMEM_PRIVATE_CACHE] = "shmem-private-cache",
		[ANON] = "anon",
		[HUGETLB] = "hugetlb",
		[HUGETLB_PRIVATE] = "hugetlb-private",
	};

	return names[kind];
}

bool mapping_kind_is_hugetlb(enum mapping_kind kind)
{
	return kind == HUGETLB || kind == HUGETLB_PRIVATE;
}

bool mapping_kind_is_private(enum mapping_kind kind)
{
	return kind == SHMEM_PRIVATE || kind == ANON || kind == HUGETLB_PRIVATE;
}

size_t mapping_size(const struct mapping *mapping)
{
	return mapping->pages * mapping->page_size;
}

char *mapping_page(const struct mapping *mapping, size_t page)
{
	return mapping->start + page * mapping->page_size;
}

char mapping_data(const struct mapping *mapping)
{
	return mapping_kind_is_private(mapping->kind) ? PRIVATE_DATA : FILE_DATA;
}

static int flags_of(const struct mapping *mapping)
{
	if (mapping->kind == ANON)
		return MAP_PRIVATE | MAP_ANONYMOUS;
	return mapping->kind == SHMEM || mapping->kind == HUGETLB ? MAP_SHARED : MAP_PRIVATE;
}

/* The file holds FILE_DATA in every page before anybody maps it. */
static void fill_file(int fd, size_t size, size_t page_size)
{
	char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	size_t at;

	if (start == MAP_FAILED)
		case_error("mapping the file to fill it: %s", strerror(errno));
	/* hugetlbfs has no write(2). */
	for (at = 0; at < size; at += page_size)
		memset(start + at, FILE_DATA, LOOKED_AT);
	munmap(start, size);
}

static int file_create(enum mapping_kind kind, size_t size, size_t page_size)
{
	bool hugetlb = mapping_kind_is_hugetlb(kind);
	int fd = memfd_create("case", MFD_CLOEXEC | (hugetlb ? MFD_HUGETLB | MFD_HUGE_2MB : 0));

	if (fd < 0 && hugetlb)
		case_skip("no hugetlbfs: %s", strerror(errno));
	if (fd < 0)
		case_error("memfd_create: %s", strerror(errno));
	if (ftruncate(fd, size))
		case_error("ftruncate: %s", strerror(errno));
	fill_file(fd, size, page_size);
	return fd;
}

static size_t page_size_of(enum mapping_kind kind)
{
	return mapping_kind_is_hugetlb(kind) ? HUGE_PAGE : (size_t)getpagesize();
}

struct mapping mapping_create_at(enum mapping_kind kind, size_t pages, char *start, size_t span)
{
	size_t page_size = page_size_of(kind);
	struct mapping mapping = {
		.kind = kind,
		.fd = -1,
		.page_size = page_size,
		.pages = pages,
		.span = span,
	};
	int flags = flags_of(&mapping) | (start ? MAP_FIXED : 0);

	if (kind != ANON)
		mapping.fd = file_create(kind, mapping_size(&mapping), page_size);
	/* More than the pages need may be more than there is memory for. */
	if (span > mapping_size(&mapping))
		flags |= MAP_NORESERVE;
	mapping.start = mmap(start, span, PROT_READ | PROT_WRITE, flags, mapping.fd, 0);
	if (mapping.start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	/* What huge pages do is a matter of its own. */
	madvise(mapping.start, span, MADV_NOHUGEPAGE);
	return mapping;
}

struct mapping mapping_create(enum mapping_kind kind, size_t pages)
{
	return mapping_create_at(kind, pages, NULL, pages * page_size_of(kind));
}

struct mapping mapping_create_across(enum mapping_kind kind, size_t pages)
{
	size_t page_size = page_size_of(kind);
	size_t before = pages / 2 * page_size;
	/* What one page table maps; for huge pages, one level up. */
	size_t span = HUGE_PAGE / getpagesize() * page_size;
	char *room = mmap(NULL, pages * page_size + span, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	uintptr_t edge = ((uintptr_t)room + before + span - 1) / span * span;

	if (room == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return mapping_create_at(kind, pages, (char *)edge - before, pages * page_size);
}

char *mapping_find_room(size_t span)
{
	/* Twice as much has what is aligned, and keeps everybody else out of it. */
	char *room = mmap(NULL, 2 * span, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
			  -1, 0);

	if (room == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return (char *)(((uintptr_t)room + span - 1) / span * span);
}

void mapping_map_again(struct mapping *mapping)
{
	void *start = mmap(mapping->start, mapping_size(mapping), PROT_READ | PROT_WRITE,
			   flags_of(mapping) | MAP_FIXED_NOREPLACE, mapping->fd, 0);

	if (start != mapping->start)
		case_error("mmap at the same address: %s", strerror(errno));
}

void mapping_populate(const struct mapping *mapping)
{
	size_t i;

	for (i = 0; i < mapping->pages; i++) {
		char *page = mapping_page(mapping, i);

		/* An anonymous page that is only read would be the zero page. */
		if (mapping_data(mapping) == PRIVATE_DATA)
			memset(page, PRIVATE_DATA, LOOKED_AT);
		else
			(void)*(volatile char *)page;
	}
}

void mapping_empty_file(const struct mapping *mapping)
{
	if (mapping->kind != ANON &&
	    fallocate(mapping->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
		      mapping_size(mapping)))
		case_error("FALLOC_FL_PUNCH_HOLE: %s", strerror(errno));
}
