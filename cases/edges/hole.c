// SPDX-License-Identifier: GPL-2.0
/*
 * A hole of a quarter, with a mapping before it and another after it, the quarter that
 * FOLLOWS.  The LAST quarter lies right behind that one, and already is what it is to become,
 * so that the two are merged; the hole stays a hole.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "edges.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "touch.h"
#include "uffd.h"

enum quarter { BEFORE, HOLE, FOLLOWS, LAST, QUARTERS };

static size_t first_of(const struct scene *scene, enum quarter quarter)
{
	return quarter * scene->mapping.pages / QUARTERS;
}

static char *start_of(const struct scene *scene, enum quarter quarter)
{
	return mapping_page(&scene->mapping, first_of(scene, quarter));
}

static size_t size_of(const struct scene *scene, enum quarter from, enum quarter to)
{
	return start_of(scene, to) - start_of(scene, from);
}

static void set(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	if (munmap(start_of(scene, HOLE), size_of(scene, HOLE, FOLLOWS)))
		case_error("munmap: %s", strerror(errno));
}

static void expect_hole(const struct scene *scene)
{
	size_t page;

	for (page = first_of(scene, HOLE); page < first_of(scene, FOLLOWS); page++)
		if (touch(mapping_page(&scene->mapping, page)) != SIGSEGV)
			case_fail("page %zu of the hole can be read", page);
}

static void expect_clean(const struct scene *scene, enum quarter from, enum quarter to)
{
	size_t first = first_of(scene, from), end = first_of(scene, to);

	scene_expect_bits(scene, first, end, false, "unregistered");
	scene_write_freely(scene, first, end);
}

static void expect_events(const struct scene *scene, enum quarter from, enum quarter to)
{
	size_t first = first_of(scene, from), end = first_of(scene, to);
	bool trapped[PAGES];
	size_t page;

	scene_expect_bits(scene, first, end, true, "protected");
	uffd_write_pages(scene->uffd, start_of(scene, from), scene->mapping.page_size, end - first,
			 'W', trapped);
	for (page = first; page < end; page++)
		if (!trapped[page - first])
			case_fail("write: page %zu raises no event", page);
}

static void register_both_sides(struct scene *scene, const struct test_case *self)
{
	set(scene, self);
	uffd_unregister(scene->uffd, start_of(scene, BEFORE), size_of(scene, BEFORE, HOLE));
	uffd_unregister(scene->uffd, start_of(scene, FOLLOWS), size_of(scene, FOLLOWS, LAST));
	uffd_register(scene->uffd, start_of(scene, BEFORE), size_of(scene, BEFORE, LAST));
}

void register_over_hole(const struct test_case *self)
{
	struct scene scene;

	register_both_sides(&scene, self);
	uffd_protect(scene.uffd, start_of(&scene, BEFORE), size_of(&scene, BEFORE, HOLE));
	uffd_protect(scene.uffd, start_of(&scene, FOLLOWS), size_of(&scene, FOLLOWS, LAST));
	expect_hole(&scene);
	expect_events(&scene, BEFORE, HOLE);
	expect_events(&scene, FOLLOWS, QUARTERS);
}

/* A registered range of two mappings is not moved: edges.c, two-vmas-mremap. */
void move_what_follows_hole(const struct test_case *self)
{
	struct scene scene;
	size_t size;

	register_both_sides(&scene, self);
	size = size_of(&scene, FOLLOWS, QUARTERS);
	case_expect_error("mremap", try_to_move(start_of(&scene, FOLLOWS), size), 0);
	expect_hole(&scene);
}

void unregister_over_hole(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self);
	uffd_unregister(scene.uffd, start_of(&scene, LAST), size_of(&scene, LAST, QUARTERS));
	uffd_unregister(scene.uffd, start_of(&scene, BEFORE), size_of(&scene, BEFORE, LAST));
	expect_hole(&scene);
	expect_clean(&scene, BEFORE, HOLE);
	expect_clean(&scene, FOLLOWS, QUARTERS);
}
