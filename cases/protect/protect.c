// SPDX-License-Identifier: GPL-2.0
/*
 * Protecting what is not protected yet, in every form: all of it is then.  What nobody
 * protects stays as it is, whatever else is done to it.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set_unprotected(scene, form_of(self)->kind, form_of(self)->form, 0);
}

static void protect_rest(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_protect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene.pattern = ALL;
	scene_expect(&scene, form_of(self)->form, true, "protected");
	scene_write(&scene, true, form_data(self));
}

static void take_access_and_give_it_back(const struct test_case *self)
{
	struct scene scene;
	size_t size;

	set(&scene, self);
	size = mapping_size(&scene.mapping);
	if (mprotect(scene.mapping.start, size, PROT_READ) ||
	    mprotect(scene.mapping.start, size, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	scene_expect(&scene, form_of(self)->form, true, "after PROT_READ and back");
	scene_write(&scene, true, form_data(self));
}

static bool stays_under_migration(const struct protected_form *form)
{
	return form_is_migrating(form) && form_outlasts_hugetlb_lock(form);
}

static const struct form_operation operations[] = {
	{ "writeprotect-rest", "protecting all protects what was unprotected until then",
	  protect_rest, form_outlasts_hugetlb_lock },
	{ "mprotect-unprotected", "what is not protected under migration is not after mprotect",
	  take_access_and_give_it_back, stays_under_migration },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
