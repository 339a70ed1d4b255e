/* SPDX-License-Identifier: GPL-2.0 */
/* What is done to whole page tables. */
#ifndef CASES_TABLE_H
#define CASES_TABLE_H

#include "mapping.h"
#include "rows.h"

/* What one entry of each level maps, or the table below it. */
#define PMD_SPAN HUGE_PAGE
#define PUD_SPAN (512 * PMD_SPAN)
#define PGD_SPAN (512 * PUD_SPAN)

/* zap.c */
void zap_table(const struct case_row *row);

/* populate.c: each protects where a table is missing, and all below it. */
void protect_without_pte_table(const struct case_row *row);
void protect_without_pmd_table(const struct case_row *row);
void protect_without_pud_table(const struct case_row *row);
void scan_without_pte_table(const struct case_row *row);
void scan_without_huge_table(const struct case_row *row);
void scan_hole(const struct case_row *row);

/* move.c: mremap(2) of just what a table maps, to where a table can be moved to. */
void move_pte_table(const struct case_row *row);
void move_pmd_table(const struct case_row *row);
void move_pte_table_with_event(const struct case_row *row);
void move_pmd_table_with_event(const struct case_row *row);

#endif
