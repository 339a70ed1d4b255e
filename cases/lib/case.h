/* SPDX-License-Identifier: GPL-2.0 */
/* What a case is; what it can say is in result.h. */
#ifndef CASES_CASE_H
#define CASES_CASE_H

#include <stddef.h>

struct test_case {
	char id[96];
	const char *mapping;
	const char *form;
	char operation[48];
	char title[192];
	void (*run)(const struct test_case *self);
	const void *row;	/* of the table that has made it, for run() */
};

/* Names a case MAPPING/FORM/OPERATION, with the title that says what must hold. */
void case_describe(struct test_case *self, const char *mapping, const char *form,
		   const char *operation, const char *title);

/* Runs, lists or selects as the command line says; returns the exit status. */
int cases_main(int argc, char **argv, const struct test_case *cases, size_t n);

#endif
