// SPDX-License-Identifier: GPL-2.0
#include "forms.h"

const struct protected_form protected_forms[FORM_COUNT] = {
	{ SHMEM, FORM_PRESENT },
	{ SHMEM, FORM_MARKER },
	{ SHMEM_PRIVATE, FORM_PRESENT },
	{ SHMEM_PRIVATE, FORM_SWAP },
	{ SHMEM_PRIVATE, FORM_MARKER },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER },
	{ ANON, FORM_PRESENT },
	{ ANON, FORM_SWAP },
	{ HUGETLB, FORM_PRESENT },
	{ HUGETLB, FORM_MARKER },
	{ HUGETLB_PRIVATE, FORM_PRESENT },
	{ HUGETLB_PRIVATE, FORM_MARKER },
};

const struct protected_form *form_of(const struct test_case *self)
{
	return self->row;
}

void form_cases(struct test_case *cases, const struct form_operation *operations, size_t n)
{
	size_t form, i;

	for (form = 0; form < FORM_COUNT; form++) {
		for (i = 0; i < n; i++, cases++) {
			case_describe(cases, mapping_name(protected_forms[form].kind),
				      form_name(protected_forms[form].form), operations[i].name,
				      operations[i].title);
			cases->row = &protected_forms[form];
			cases->run = operations[i].run;
		}
	}
}
