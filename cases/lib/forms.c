// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>

#include "forms.h"

static const struct protected_form protected_forms[] = {
	{ SHMEM, FORM_PRESENT },
	{ SHMEM, FORM_MARKER },
	{ SHMEM, FORM_MIGRATION },
	{ SHMEM_PRIVATE, FORM_PRESENT },
	{ SHMEM_PRIVATE, FORM_SWAP },
	{ SHMEM_PRIVATE, FORM_DEVICE },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE },
	{ SHMEM_PRIVATE, FORM_MARKER },
	{ SHMEM_PRIVATE, FORM_MIGRATION },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION },
	{ ANON, FORM_PRESENT },
	{ ANON, FORM_SWAP },
	{ ANON, FORM_DEVICE },
	{ ANON, FORM_EXCLUSIVE },
	{ ANON, FORM_MARKER },
	{ ANON, FORM_MIGRATION },
	{ HUGETLB, FORM_PRESENT },
	{ HUGETLB, FORM_MARKER },
	{ HUGETLB, FORM_MIGRATION },
	{ HUGETLB_PRIVATE, FORM_PRESENT },
	{ HUGETLB_PRIVATE, FORM_MARKER },
	{ HUGETLB_PRIVATE, FORM_MIGRATION },
};

#define FORMS (sizeof(protected_forms) / sizeof(*protected_forms))

bool form_is_present(const struct protected_form *form)
{
	return form->form == FORM_PRESENT;
}

bool form_is_present_anonymous(const struct protected_form *form)
{
	return form->kind == ANON && form_is_present(form);
}

bool form_is_migrating(const struct protected_form *form)
{
	return form->form == FORM_MIGRATION;
}

bool form_outlasts_rmap_locks(const struct protected_form *form)
{
	return !form_is_migrating(form) || form->kind == HUGETLB_PRIVATE;
}

bool form_outlasts_hugetlb_lock(const struct protected_form *form)
{
	return !form_is_migrating(form) || form->kind != HUGETLB;
}

bool form_is_settled(const struct protected_form *form)
{
	return form_is_present(form) || form->form == FORM_SWAP || form->form == FORM_MARKER;
}

const struct protected_form *form_of(const struct test_case *self)
{
	return self->row;
}

enum form form_after_fork(const struct test_case *self)
{
	enum form form = form_of(self)->form;

	return form == FORM_EXCLUSIVE ? FORM_PRESENT : form;
}

char form_data(const struct test_case *self)
{
	const struct protected_form *form = form_of(self);

	/* A marker stands in for what was never there, or went with the zap that has left it. */
	if (form->kind == ANON && form->form == FORM_MARKER)
		return '\0';
	return mapping_kind_is_private(form->kind) && form->form != FORM_MARKER ? PRIVATE_DATA
										 : FILE_DATA;
}

static void describe(struct test_case *self, const struct protected_form *form,
		     const struct form_operation *operation)
{
	case_describe(self, mapping_name(form->kind), form_name(form->form), operation->name,
		      operation->title);
	self->row = form;
	self->run = operation->run;
}

int forms_main(int argc, char **argv, const struct form_operation *operations, size_t n)
{
	struct test_case *cases = calloc(FORMS * n, sizeof(*cases));
	size_t count = 0;
	size_t form, i;

	if (!cases)
		return EXIT_FAILURE;
	for (form = 0; form < FORMS; form++)
		for (i = 0; i < n; i++)
			if (!operations[i].wants || operations[i].wants(&protected_forms[form]))
				describe(&cases[count++], &protected_forms[form], &operations[i]);
	return cases_main(argc, argv, cases, count);
}
