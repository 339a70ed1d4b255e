// SPDX-License-Identifier: GPL-2.0
/*
 * Where protection must end: what unmaps for good, unregisters or closes takes
 * the bit and every marker with it.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "forms.h"
#include "mapping.h"
#include "migrate.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

/*
 * A neighbour in the same 2 MiB keeps the page table, so that a marker that was
 * left behind would be found by whoever maps here next.
 */
static void *keep_page_table(const struct mapping *mapping)
{
	char *after = mapping->start + mapping_size(mapping);
	char *page = mmap(after, mapping->page_size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	/* Whoever has that address already serves as well, if it is populated. */
	if (page != MAP_FAILED)
		*page = 1;
	return page;
}

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
}

/* Neither the first page nor the last. */
#define PART_FROM 1
#define PART 2

static void expect_part_clear(const struct scene *scene)
{
	size_t end = PART_FROM + PART;

	scene_expect_bits(scene, 0, PART_FROM, true, "before the part");
	scene_expect_bits(scene, PART_FROM, end, false, "in the part");
	scene_expect_bits(scene, end, scene->mapping.pages, true, "after the part");
	scene_write_freely(scene, PART_FROM, end);
}

static void unmap_and_map_again(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	keep_page_table(&scene.mapping);
	if (munmap(scene.mapping.start, mapping_size(&scene.mapping)))
		case_error("munmap: %s", strerror(errno));
	mapping_map_again(&scene.mapping);
	scene_expect_all(&scene, false, "mapped again");
	mapping_populate(&scene.mapping);
	scene_expect_all(&scene, false, "populated again");
	scene_write_all_freely(&scene);
}

static void unregister(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_all(&scene, false, "unregistered");
	scene_write_all_freely(&scene);
}

/* try_to_migrate_one() drops what is pte_unused() where nobody has registered it, and only that. */
static void unregister_and_migrate(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	migrate_pages_of(scene.mapping.start, scene.mapping.page_size, scene.mapping.pages);
	scene_expect(&scene, FORM_PRESENT, false, "migrated");
	scene_read(&scene, form_data(self));
	scene_write_all_freely(&scene);
}

static void unregister_a_part(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, mapping_page(&scene.mapping, PART_FROM),
			PART * scene.mapping.page_size);
	expect_part_clear(&scene);
}

static void close_uffd(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	close(scene.uffd);
	scene_expect_all(&scene, false, "closed");
	scene_write_all_freely(&scene);
}

/* The other one is there before: what is freed and taken anew may have the address that it had. */
static void register_after_close(const struct test_case *self)
{
	struct scene scene;
	int other;

	set(&scene, self);
	other = uffd_open(scene_features(form_of(self)->kind, form_of(self)->form));
	close(scene.uffd);
	scene_expect_registrable(&scene, other);
}

static void unprotect(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unprotect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_all(&scene, false, "unprotected");
	scene_write_all_freely(&scene);
}

static void unprotect_a_part(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unprotect(scene.uffd, mapping_page(&scene.mapping, PART_FROM),
		       PART * scene.mapping.page_size);
	expect_part_clear(&scene);
}

static const struct form_operation operations[] = {
	{ "munmap", "what is mapped next at the address is clean", unmap_and_map_again,
	  form_outlasts_hugetlb_lock },
	{ "unregister", "UFFDIO_UNREGISTER clears every form", unregister,
	  form_outlasts_hugetlb_lock },
	{ "unregister-migrate", "what is no longer registered migrates with all it holds",
	  unregister_and_migrate, form_is_present },
	{ "unregister-part", "UFFDIO_UNREGISTER clears its range and no more",
	  unregister_a_part, form_outlasts_hugetlb_lock },
	{ "unprotect", "UFFDIO_WRITEPROTECT off clears every form", unprotect,
	  form_outlasts_hugetlb_lock },
	{ "unprotect-part", "UFFDIO_WRITEPROTECT off clears its range and no more",
	  unprotect_a_part, form_outlasts_hugetlb_lock },
	{ "close", "closing the userfaultfd clears every form", close_uffd,
	  form_outlasts_hugetlb_lock },
	{ "close-then-register", "what a closed userfaultfd had another can register",
	  register_after_close, form_is_present },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
