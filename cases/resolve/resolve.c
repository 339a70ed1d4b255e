// SPDX-License-Identifier: GPL-2.0
/*
 * What UFFDIO_COPY, _ZEROPAGE and _CONTINUE put over a marker: the page is new, so
 * protection goes, unless it is asked for again.  UFFDIO_MOVE puts nothing over one.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "case.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#ifndef UFFDIO_CONTINUE_MODE_WP
#define UFFDIO_CONTINUE_MODE_WP (1 << 1)
#endif

#define COPIED 'C'
#define ZERO '\0'

enum ioctl_kind { COPY, ZEROPAGE, CONTINUE, MOVE };

struct row {
	enum mapping_kind kind;
	enum ioctl_kind ioctl;
	bool wp;
	int error;	/* that the ioctl must give; then the marker stays */
	char data;
	const char *operation;
	const char *title;
};

#define COPY_TITLE	"UFFDIO_COPY over a marker takes protection away"
#define COPY_WP_TITLE	"UFFDIO_COPY with MODE_WP over a marker keeps protection"
#define ZERO_TITLE	"UFFDIO_ZEROPAGE over a marker takes protection away"
#define NO_ZERO_TITLE	"UFFDIO_ZEROPAGE finds a marker in the way and leaves it"

static const struct row rows[] = {
	{ SHMEM, COPY, false, 0, COPIED, "copy", COPY_TITLE },
	{ SHMEM, COPY, true, 0, COPIED, "copy-wp", COPY_WP_TITLE },
	{ SHMEM, ZEROPAGE, false, 0, ZERO, "zeropage", ZERO_TITLE },
	{ SHMEM, CONTINUE, false, 0, FILE_DATA, "continue",
	  "UFFDIO_CONTINUE over a marker takes protection away" },
	{ SHMEM, CONTINUE, true, 0, FILE_DATA, "continue-wp",
	  "UFFDIO_CONTINUE with MODE_WP over a marker keeps protection" },
	{ SHMEM_PRIVATE, COPY, false, 0, COPIED, "copy", COPY_TITLE },
	{ SHMEM_PRIVATE, COPY, true, 0, COPIED, "copy-wp", COPY_WP_TITLE },
	{ SHMEM_PRIVATE, ZEROPAGE, false, EEXIST, FILE_DATA, "zeropage", NO_ZERO_TITLE },
	{ ANON, MOVE, false, EEXIST, ZERO, "uffdio-move-onto",
	  "UFFDIO_MOVE finds a marker in the way and leaves it" },
	{ HUGETLB, COPY, false, 0, COPIED, "copy", COPY_TITLE },
	{ HUGETLB, COPY, true, 0, COPIED, "copy-wp", COPY_WP_TITLE },
	{ HUGETLB_PRIVATE, COPY, false, 0, COPIED, "copy", COPY_TITLE },
	{ HUGETLB_PRIVATE, COPY, true, 0, COPIED, "copy-wp", COPY_WP_TITLE },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static int copy(const struct scene *scene, size_t page, bool wp)
{
	size_t size = scene->mapping.page_size;
	char *from = malloc(size);
	struct uffdio_copy args = {
		.dst = (uintptr_t)mapping_page(&scene->mapping, page),
		.src = (uintptr_t)from,
		.len = size,
		.mode = wp ? UFFDIO_COPY_MODE_WP : 0,
	};
	int error;

	if (!from)
		case_error("no memory to copy from");
	memset(from, COPIED, size);
	error = ioctl(scene->uffd, UFFDIO_COPY, &args) ? errno : 0;
	free(from);
	return error;
}

static int zeropage(const struct scene *scene, size_t page)
{
	struct uffdio_zeropage args = {
		.range.start = (uintptr_t)mapping_page(&scene->mapping, page),
		.range.len = scene->mapping.page_size,
	};

	return ioctl(scene->uffd, UFFDIO_ZEROPAGE, &args) ? errno : 0;
}

static int resume(const struct scene *scene, size_t page, bool wp)
{
	struct uffdio_continue args = {
		.range.start = (uintptr_t)mapping_page(&scene->mapping, page),
		.range.len = scene->mapping.page_size,
		.mode = wp ? UFFDIO_CONTINUE_MODE_WP : 0,
	};

	if (!ioctl(scene->uffd, UFFDIO_CONTINUE, &args))
		return 0;
	if (errno == EINVAL && wp)
		case_skip("no UFFDIO_CONTINUE_MODE_WP");
	return errno;
}

static int move(const struct scene *scene, size_t page)
{
	struct mapping from = mapping_create(ANON, 1);

	mapping_populate(&from);
	return uffd_try_move(scene->uffd, mapping_page(&scene->mapping, page), from.start,
			     from.page_size);
}

static int put_page(const struct scene *scene, const struct row *row, size_t page)
{
	switch (row->ioctl) {
	case COPY:
		return copy(scene, page, row->wp);
	case ZEROPAGE:
		return zeropage(scene, page);
	case MOVE:
		return move(scene, page);
	default:
		return resume(scene, page, row->wp);
	}
}

/* A page that the file has already would be in the way of a new one. */
static void empty_file(const struct scene *scene)
{
	if (mapping_kind_is_private(scene->mapping.kind))
		return;
	if (fallocate(scene->mapping.fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
		      mapping_size(&scene->mapping)))
		case_error("FALLOC_FL_PUNCH_HOLE: %s", strerror(errno));
}

static void fill(struct scene *scene, const struct row *row)
{
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++) {
		int error = put_page(scene, row, i);

		if (error != row->error)
			case_fail("page %zu: %s, expected %s", i, strerror(error),
				  strerror(row->error));
	}
}

static void run(const struct test_case *self)
{
	const struct row *row = self->row;
	bool stays = row->wp || row->error;
	struct scene scene;

	scene_set(&scene, row->kind, FORM_MARKER, ALL, row->ioctl == MOVE ? UFFD_FEATURE_MOVE : 0);
	if (row->ioctl != CONTINUE)
		empty_file(&scene);
	fill(&scene, row);
	scene_expect(&scene, row->error ? FORM_MARKER : FORM_PRESENT, stays, "after the ioctl");
	scene_read(&scene, row->data);
	scene_write(&scene, stays, row->data);
}

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		case_describe(&cases[i], mapping_name(rows[i].kind), form_name(FORM_MARKER),
			      rows[i].operation, rows[i].title);
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, ROWS);
}
