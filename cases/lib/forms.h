/* SPDX-License-Identifier: GPL-2.0 */
/* Every form that a protected entry of each kind of mapping can have. */
#ifndef CASES_FORMS_H
#define CASES_FORMS_H

#include <stdbool.h>

#include "case.h"
#include "mapping.h"
#include "pagemap.h"

struct protected_form {
	enum mapping_kind kind;
	enum form form;
};

/* For form_operation's wants. */
bool form_is_present(const struct protected_form *form);
bool form_is_present_anonymous(const struct protected_form *form);
bool form_is_migrating(const struct protected_form *form);
/*
 * Whether the entry is still in that form when fork(2) and mremap(2) come to it. They wait
 * for the locks of the reverse map, which a migration that is held has: all but that of a
 * private hugetlb page, whose copying takes long and needs no lock (migrate_hold()).
 */
bool form_outlasts_rmap_locks(const struct protected_form *form);
/*
 * Likewise when protecting, zapping, splitting or unmapping comes to it. In hugetlbfs they
 * wait for the lock of the file's mappings, which the migration of a shared page has from
 * end to end (mm/migrate.c, unmap_and_move_huge_page()).
 */
bool form_outlasts_hugetlb_lock(const struct protected_form *form);
/* A device's page, or one under migration, may be another by the time that it is looked at. */
bool form_is_settled(const struct protected_form *form);

/* What is done to each of them, and what must hold. */
struct form_operation {
	const char *name;
	const char *title;
	void (*run)(const struct test_case *self);
	/* Leaves out forms that it makes no sense for; NULL takes all. */
	bool (*wants)(const struct protected_form *form);
};

/* The form that a case of forms_main() is about. */
const struct protected_form *form_of(const struct test_case *self);
/* What it is after a fork, in both: copy_nonpresent_pte() takes a page back from the device. */
enum form form_after_fork(const struct test_case *self);
/* What reading a page in that form gives. */
char form_data(const struct test_case *self);

/* cases_main() for each form and each of @n operations that wants it. */
int forms_main(int argc, char **argv, const struct form_operation *operations, size_t n);

#endif
