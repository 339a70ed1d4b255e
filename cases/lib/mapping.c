// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mapping.h"
#include "result.h"

const char *mapping_name(enum mapping_kind kind)
{
	static const char *const names[] = {
		[SHMEM] = "shmem",
		[SHMEM_PRIVATE] = "shmem-private",
		[SHMEM_PRIVATE_CACHE] = "shmem-private-cache",
		[ANON] = "anon",
	};

	return names[kind];
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
	bool is_file_data = mapping->kind == SHMEM || mapping->kind == SHMEM_PRIVATE_CACHE;

	return is_file_data ? FILE_DATA : PRIVATE_DATA;
}

static int flags_of(const struct mapping *mapping)
{
	if (mapping->kind == ANON)
		return MAP_PRIVATE | MAP_ANONYMOUS;
	return mapping->kind == SHMEM ? MAP_SHARED : MAP_PRIVATE;
}

/* The file holds FILE_DATA in every page before anybody maps it. */
static int file_create(size_t size)
{
	int fd = memfd_create("case", MFD_CLOEXEC);
	char data[4096];
	size_t at;

	memset(data, FILE_DATA, sizeof(data));
	if (fd < 0)
		case_error("memfd_create: %s", strerror(errno));
	for (at = 0; at < size; at += sizeof(data))
		if (pwrite(fd, data, sizeof(data), at) != sizeof(data))
			case_error("writing the file: %s", strerror(errno));
	return fd;
}

struct mapping mapping_create(enum mapping_kind kind, size_t pages)
{
	struct mapping mapping = {
		.kind = kind,
		.fd = -1,
		.page_size = getpagesize(),
		.pages = pages,
	};

	if (kind != ANON)
		mapping.fd = file_create(mapping_size(&mapping));
	mapping.start = mmap(NULL, mapping_size(&mapping), PROT_READ | PROT_WRITE,
			     flags_of(&mapping), mapping.fd, 0);
	if (mapping.start == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	/* What huge pages do is a matter of its own. */
	madvise(mapping.start, mapping_size(&mapping), MADV_NOHUGEPAGE);
	return mapping;
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
			memset(page, PRIVATE_DATA, mapping->page_size);
		else
			(void)*(volatile char *)page;
	}
}
