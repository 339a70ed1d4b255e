// SPDX-License-Identifier: GPL-2.0
/*
 * What UFFDIO_COPY, _ZEROPAGE and _CONTINUE put over a marker: the page is new, so
 * protection goes, unless it is asked for again.  UFFDIO_MOVE puts nothing over one.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

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

static int zeropage(const struct scene *scene, size_t page)
{
	return uffd_try_zeropage(scene->uffd, mapping_page(&scene->mapping, page),
				 scene->mapping.page_size);
}

static int resume(const struct scene *scene, size_t page, bool wp)
{
	int error = uffd_try_continue(scene->uffd, mapping_page(&scene->mapping, page),
				      scene->mapping.page_size, wp ? UFFDIO_CONTINUE_MODE_WP : 0);

	if (error == EINVAL && wp)
		case_skip("no UFFDIO_CONTINUE_MODE_WP");
	return error;
}

static int copy(int uffd, const struct mapping *mapping, size_t page, bool wp)
{
	return uffd_try_copy(uffd, mapping_page(mapping, page), mapping->page_size, COPIED,
			     wp ? UFFDIO_COPY_MODE_WP : 0);
}

static int move(const struct scene *scene, size_t page)
{
	struct mapping from = mapping_create(ANON, 1);

	mapping_populate(&from);
	return uffd_try_move(scene->uffd, mapping_page(&scene->mapping, page), from.start,
			     from.page_size, 0);
}

static int put_page(const struct scene *scene, const struct row *row, size_t page)
{
	switch (row->ioctl) {
	case COPY:
		return copy(scene->uffd, &scene->mapping, page, row->wp);
	case ZEROPAGE:
		return zeropage(scene, page);
	case MOVE:
		return move(scene, page);
	default:
		return resume(scene, page, row->wp);
	}
}

/* A page that the file has already would be in the way of a new one. */
static void empty_file(const struct mapping *mapping)
{
	if (!mapping_kind_is_private(mapping->kind))
		mapping_empty_file(mapping);
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
		empty_file(&scene.mapping);
	fill(&scene, row);
	scene_expect(&scene, row->error ? FORM_MARKER : FORM_PRESENT, stays, "after the ioctl");
	scene_read(&scene, row->data);
	scene_write(&scene, stays, row->data);
}

static const enum mapping_kind kinds[] = { SHMEM, SHMEM_PRIVATE, ANON, HUGETLB, HUGETLB_PRIVATE };

#define KINDS (sizeof(kinds) / sizeof(*kinds))

/* mfill_atomic(): nobody would hear of a write to a page that is protected here. */
static void copy_where_nothing_is_protected(const struct test_case *self)
{
	const enum mapping_kind *kind = self->row;
	struct mapping mapping = mapping_create(*kind, 1);
	int uffd = uffd_open(scene_features(*kind, FORM_NONE));
	int error;

	uffd_register_mode(uffd, mapping.start, mapping_size(&mapping),
			   UFFDIO_REGISTER_MODE_MISSING);
	empty_file(&mapping);
	error = copy(uffd, &mapping, 0, true);
	case_expect_error("UFFDIO_COPY with MODE_WP", error, EINVAL);
	if (pagemap_entry(mapping.start).form != FORM_NONE)
		case_fail("pagemap: a page is there, and the ioctl was to be refused");
	error = copy(uffd, &mapping, 0, false);
	if (error)
		case_fail("UFFDIO_COPY: %s", strerror(error));
	if (pagemap_entry(mapping.start).uffd_wp)
		case_fail("pagemap: the page is protected, and nobody has asked for that");
}

/* The zero page is nobody's, and has no struct page in zap_pte_range(): its bit counts as well. */
static void zap_zero_page(const struct test_case *self)
{
	struct scene scene = {
		.mapping = mapping_create(SHMEM_PRIVATE, PAGES), .pattern = ALL,
		.uffd = uffd_open(scene_features(SHMEM_PRIVATE, FORM_PRESENT)),
	};
	size_t size = mapping_size(&scene.mapping);
	size_t i;

	uffd_register(scene.uffd, scene.mapping.start, size);
	for (i = 0; i < scene.mapping.pages; i++) {
		int error = zeropage(&scene, i);

		if (error)
			case_error("UFFDIO_ZEROPAGE: %s", strerror(error));
	}
	scene_protect(&scene);
	scene_expect(&scene, FORM_PRESENT, true, "protected");
	if (madvise(scene.mapping.start, size, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	scene_expect(&scene, FORM_MARKER, true, "zapped");
	scene_write(&scene, true, FILE_DATA);
}

int main(int argc, char **argv)
{
	static struct test_case cases[ROWS + KINDS + 1];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		case_describe(&cases[i], mapping_name(rows[i].kind), form_name(FORM_MARKER),
			      rows[i].operation, rows[i].title);
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	for (i = 0; i < KINDS; i++) {
		case_describe(&cases[ROWS + i], mapping_name(kinds[i]), form_name(FORM_NONE),
			      "copy-wp-unregistered",
			      "UFFDIO_COPY with MODE_WP is refused where nothing can be protected");
		cases[ROWS + i].row = &kinds[i];
		cases[ROWS + i].run = copy_where_nothing_is_protected;
	}
	case_describe(&cases[ROWS + KINDS], mapping_name(SHMEM_PRIVATE), form_name(FORM_PRESENT),
		      "zeropage-then-madv-dontneed", "zapping a protected zero page leaves a marker");
	cases[ROWS + KINDS].run = zap_zero_page;
	return cases_main(argc, argv, cases, ROWS + KINDS + 1);
}
