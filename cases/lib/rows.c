// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "case.h"
#include "rows.h"

static void run(const struct test_case *self)
{
	const struct case_row *row = self->row;

	row->run(row);
}

int rows_main(int argc, char **argv, const struct case_row *rows, size_t n)
{
	struct test_case *cases = calloc(n, sizeof(*cases));
	size_t i;

	if (!cases)
		return EXIT_FAILURE;
	for (i = 0; i < n; i++) {
		case_describe(&cases[i], mapping_name(rows[i].kind), form_name(rows[i].form),
			      rows[i].operation, rows[i].title);
		cases[i].row = &rows[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, n);
}
