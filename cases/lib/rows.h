/* SPDX-License-Identifier: GPL-2.0 */
/* Cases that are each a kind of mapping, a form, and something of their own to do. */
#ifndef CASES_ROWS_H
#define CASES_ROWS_H

#include "mapping.h"
#include "pagemap.h"

/* One case. */
struct case_row {
	enum mapping_kind kind;
	enum form form;
	const char *operation;
	const char *title;
	void (*run)(const struct case_row *row);
};

/* cases_main() for @n rows. */
int rows_main(int argc, char **argv, const struct case_row *rows, size_t n);

#endif
