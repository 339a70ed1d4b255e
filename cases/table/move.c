// SPDX-License-Identifier: GPL-2.0
/*
 * mremap(2) of just what a page table maps, which the kernel would like to move as it
 * is: with the bits and the markers in it, so only where remap events tell of it.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "result.h"
#include "scene.h"
#include "table.h"
#include "uffd.h"

static char data_of(const struct case_row *row)
{
	return mapping_kind_is_private(row->kind) && row->form != FORM_MARKER ? PRIVATE_DATA
									       : FILE_DATA;
}

/* There are a few pages at the beginning, and room for many more. */
static void set(struct scene *scene, const struct case_row *row, size_t span, uint64_t features)
{
	scene_set_at(scene, row->kind, row->form, EVERY_OTHER, features, mapping_find_room(span),
		     span);
}

static void move(struct scene *scene)
{
	size_t span = scene->mapping.span;
	char *to = mapping_find_room(span);

	if (mremap(scene->mapping.start, span, span, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to)
		case_error("mremap: %s", strerror(errno));
	scene->mapping.start = to;
}

static void move_without_event(const struct case_row *row, size_t span)
{
	struct scene scene;

	set(&scene, row, span, 0);
	move(&scene);
	scene_expect_all(&scene, false, "moved");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "moved and written");
}

static void move_with_event(const struct case_row *row, size_t span)
{
	struct uffd_awaited awaited;
	struct scene scene;

	set(&scene, row, span, UFFD_FEATURE_EVENT_REMAP);
	uffd_await(&awaited, scene.uffd);
	move(&scene);
	uffd_awaited_event(&awaited, UFFD_EVENT_REMAP);
	scene_expect(&scene, row->form, true, "moved");
	scene_write(&scene, true, data_of(row));
}

void move_pte_table(const struct case_row *row)
{
	move_without_event(row, PMD_SPAN);
}

void move_pmd_table(const struct case_row *row)
{
	move_without_event(row, PUD_SPAN);
}

void move_pte_table_with_event(const struct case_row *row)
{
	move_with_event(row, PMD_SPAN);
}

void move_pmd_table_with_event(const struct case_row *row)
{
	move_with_event(row, PUD_SPAN);
}
