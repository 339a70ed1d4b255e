// SPDX-License-Identifier: GPL-2.0
/* Whoever else maps the same file is never protected, and what it writes is seen. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "forms.h"
#include "result.h"
#include "scene.h"

static char *map_again(const struct scene *scene)
{
	char *start = mmap(NULL, mapping_size(&scene->mapping), PROT_READ | PROT_WRITE,
			   MAP_SHARED, scene->mapping.fd, 0);

	if (start == MAP_FAILED)
		case_error("mapping the file once more: %s", strerror(errno));
	return start;
}

static void use_freely(const struct scene *scene, char *start)
{
	size_t page_size = scene->mapping.page_size;
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++) {
		volatile char *page = start + i * page_size;

		(void)*page;
		if (pagemap_entry((char *)page).uffd_wp)
			case_fail("pagemap: page %zu of the other mapping is protected", i);
		*page = 'W';
	}
}

static void expect_seen(const struct scene *scene)
{
	bool own = mapping_kind_is_private(scene->mapping.kind) &&
		   pagemap_entry(scene->mapping.start).form != FORM_MARKER;
	size_t i;

	/* A private copy keeps its own data; everything else shows the file's. */
	for (i = 0; i < scene->mapping.pages; i++) {
		char want = own ? PRIVATE_DATA : 'W';
		char seen = *(volatile char *)mapping_page(&scene->mapping, i);

		if (seen != want)
			case_fail("data: page %zu holds %#x, expected %#x", i,
				  (unsigned char)seen, (unsigned char)want);
	}
}

/* What the other does neither takes protection away nor goes unseen. */
static void expect_unimpressed(const struct scene *scene, enum form form)
{
	scene_expect(scene, form, true, "after the other's writes");
	expect_seen(scene);
	scene_expect_all(scene, true, "after reading what the other wrote");
}

static void another_mapping(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	use_freely(&scene, map_again(&scene));
	expect_unimpressed(&scene, form_of(self)->form);
}

static void another_process(const struct test_case *self)
{
	struct scene scene;
	pid_t child;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	child = child_fork();
	if (!child) {
		use_freely(&scene, map_again(&scene));
		child_exit();
	}
	child_wait(child);
	expect_unimpressed(&scene, form_after_fork(self));
}

/* Anonymous memory has no file that somebody else could map. */
static bool has_a_file(const struct protected_form *form)
{
	return form->kind != ANON;
}

static bool can_be_mapped_again(const struct protected_form *form)
{
	return has_a_file(form) && form_outlasts_hugetlb_lock(form);
}

static bool stays_while_a_process_begins(const struct protected_form *form)
{
	return has_a_file(form) && form_outlasts_rmap_locks(form);
}

static const struct form_operation operations[] = {
	{ "second-mapping", "another mapping of the file writes freely", another_mapping,
	  can_be_mapped_again },
	{ "second-process", "another process that maps the file writes freely", another_process,
	  stays_while_a_process_begins },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
