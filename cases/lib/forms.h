/* SPDX-License-Identifier: GPL-2.0 */
/* Every form that a protected entry of each kind of mapping can have. */
#ifndef CASES_FORMS_H
#define CASES_FORMS_H

#include "case.h"
#include "mapping.h"
#include "pagemap.h"

struct protected_form {
	enum mapping_kind kind;
	enum form form;
};

/* What is done to each of them, and what must hold. */
struct form_operation {
	const char *name;
	const char *title;
	void (*run)(const struct test_case *self);
};

#define FORM_COUNT 13
extern const struct protected_form protected_forms[FORM_COUNT];

/* The form of a case that form_cases() has made. */
const struct protected_form *form_of(const struct test_case *self);
/* Makes a case of each form and each operation, FORM_COUNT * @n of them. */
void form_cases(struct test_case *cases, const struct form_operation *operations, size_t n);

#endif
