// SPDX-License-Identifier: GPL-2.0
/*
 * Protecting memory whose page tables are not there yet: each level of them is made,
 * for a marker in the last.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pagemap-scan.h"
#include "result.h"
#include "scene.h"
#include "table.h"
#include "uffd.h"

/* Somebody's page, whose tables are ours too but for those of the last levels. */
static void touch_neighbour(char *start)
{
	char *page = mmap(start, getpagesize(), PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	if (page == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	*page = 'N';
}

/* Nothing but the neighbour is in as much as one entry of the highest level maps. */
static void set(struct scene *scene, const struct case_row *row, size_t neighbour,
		uint64_t features)
{
	char *start = mapping_find_room(PGD_SPAN);

	if (neighbour)
		touch_neighbour(start + neighbour);
	scene_set_at(scene, row->kind, FORM_NONE, EVERY_OTHER, features, start,
		     mapping_kind_is_hugetlb(row->kind) ? PUD_SPAN
							: (size_t)PAGES * getpagesize());
}

static void protect(const struct case_row *row, size_t neighbour)
{
	struct scene scene;

	set(&scene, row, neighbour, row->kind == ANON ? UFFD_FEATURE_WP_UNPOPULATED : 0);
	scene_protect(&scene);
	scene_expect(&scene, FORM_MARKER, true, "protected");
	scene_write(&scene, true, row->kind == ANON ? '\0' : FILE_DATA);
}

void protect_without_pte_table(const struct case_row *row)
{
	protect(row, PMD_SPAN);
}

void protect_without_pmd_table(const struct case_row *row)
{
	protect(row, PUD_SPAN);
}

void protect_without_pud_table(const struct case_row *row)
{
	protect(row, 0);
}

/* Whose tables of the last level, of pages of the kind, are not ours. */
static size_t beside(enum mapping_kind kind)
{
	return mapping_kind_is_hugetlb(kind) ? PUD_SPAN : PMD_SPAN;
}

/* pagemap_scan_pte_hole(): where there is no table, the scan finds one hole for all pages. */
void scan_without_pte_table(const struct case_row *row)
{
	struct scene scene;

	set(&scene, row, PMD_SPAN, UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	pagemap_scan_protect(scene.mapping.start, mapping_size(&scene.mapping));
	scene.pattern = ALL;
	scene_expect(&scene, FORM_MARKER, true, "after the scan that protects");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "written");
}

/*
 * pagemap_scan_hugetlb_hole_wp(): the first page gets a table and a marker, and the next
 * finds the table: docs/findings/scan-leaves-empty-hugetlb.md.  A kernel whose scan calls
 * uffd_wp_range() instead waits here for a lock that it has itself.
 */
void scan_without_huge_table(const struct case_row *row)
{
	struct scene scene;

	set(&scene, row, beside(row->kind), UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	pagemap_scan_protect(scene.mapping.start, scene.mapping.page_size);
	scene_expect_bits(&scene, 0, 1, true, "after the scan that protects");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "written");
}

/*
 * The same without protecting.  An empty hugetlb entry does not read as written in any
 * case: pagemap_hugetlb_category().
 */
void scan_hole(const struct case_row *row)
{
	bool written = !mapping_kind_is_hugetlb(row->kind);
	uint64_t categories[PAGES];
	struct scene scene;
	size_t i;

	set(&scene, row, beside(row->kind),
	    UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	pagemap_scan(scene.mapping.start, scene.mapping.page_size, scene.mapping.pages,
		     &scan_written, categories);
	for (i = 0; i < scene.mapping.pages; i++)
		if (!!(categories[i] & PAGE_IS_WRITTEN) != written)
			case_fail("PAGEMAP_SCAN: page %zu reads as %swritten", i,
				  written ? "not " : "");
	scene_expect_all(&scene, false, "after the scan");
}
