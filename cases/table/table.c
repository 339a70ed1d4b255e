// SPDX-License-Identifier: GPL-2.0
/*
 * Whole page tables: one of markers is not taken for an empty one, one that is missing
 * is made, and none is moved with what is in it unless that is asked for.
 */
#include "table.h"

#define ZAP(kind, form)						\
	{ kind, form, "madv-dontneed-table",			\
	  "a zap of a whole page table leaves it full of markers", zap_table }

#define PROTECT(kind)						\
	{ kind, FORM_NONE, "writeprotect-no-pte-table",		\
	  "protecting makes a page table for markers", protect_without_pte_table },	\
	{ kind, FORM_NONE, "writeprotect-no-pmd-table",		\
	  "protecting makes tables of two levels for markers", protect_without_pmd_table },	\
	{ kind, FORM_NONE, "writeprotect-no-pud-table",		\
	  "protecting makes tables of three levels for markers",	\
	  protect_without_pud_table },				\
	{ kind, FORM_NONE, "scan-protect-no-pte-table",		\
	  "PM_SCAN_WP_MATCHING makes a page table for markers", scan_without_pte_table },	\
	{ kind, FORM_NONE, "scan-no-pte-table",			\
	  "where there is no page table, nothing is protected, and reads as written",	\
	  scan_hole }

#define MOVE(kind, form)					\
	{ kind, form, "mremap-pte-table",			\
	  "what is moved with all of its page table is clean", move_pte_table },	\
	{ kind, form, "mremap-pmd-table",			\
	  "what is moved with all of its gigabyte is clean", move_pmd_table },	\
	{ kind, form, "mremap-pte-table-event",			\
	  "with EVENT_REMAP protection moves along with all of a page table",	\
	  move_pte_table_with_event },				\
	{ kind, form, "mremap-pmd-table-event",			\
	  "with EVENT_REMAP protection moves along with all of a gigabyte",	\
	  move_pmd_table_with_event }

static const struct case_row rows[] = {
	ZAP(SHMEM, FORM_PRESENT),
	ZAP(SHMEM, FORM_MARKER),
	ZAP(SHMEM_PRIVATE, FORM_PRESENT),
	ZAP(SHMEM_PRIVATE, FORM_SWAP),
	ZAP(SHMEM_PRIVATE_CACHE, FORM_PRESENT),

	PROTECT(SHMEM),
	PROTECT(SHMEM_PRIVATE_CACHE),
	/* With UFFD_FEATURE_WP_UNPOPULATED. */
	PROTECT(ANON),
	{ HUGETLB, FORM_NONE, "scan-protect-no-pmd-table",
	  "PM_SCAN_WP_MATCHING makes a table for the marker of a huge page",
	  scan_without_huge_table },
	{ HUGETLB, FORM_NONE, "scan-no-pmd-table",
	  "where there is no table, nothing reads as written", scan_hole },

	MOVE(SHMEM, FORM_PRESENT),
	MOVE(SHMEM, FORM_MARKER),
	MOVE(SHMEM_PRIVATE, FORM_SWAP),
	MOVE(ANON, FORM_PRESENT),
};

#define ROWS (sizeof(rows) / sizeof(*rows))

int main(int argc, char **argv)
{
	return rows_main(argc, argv, rows, ROWS);
}
