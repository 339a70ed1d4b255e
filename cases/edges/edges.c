// SPDX-License-Identifier: GPL-2.0
/* Ranges that one page table, or one VMA, is not enough for. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

static void across_page_tables(const struct test_case *self)
{
	struct scene scene;

	scene_set_across(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER);
	scene_write(&scene, true, form_data(self));
}

/* Another protection of the memory splits the mapping; the ranges of ours span both. */
static void split(const struct scene *scene)
{
	size_t half = mapping_size(&scene->mapping) / 2;

	if (mprotect(scene->mapping.start, half, PROT_READ | PROT_WRITE | PROT_EXEC))
		case_error("mprotect: %s", strerror(errno));
}

static void across_vmas(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	scene_expect(&scene, form_of(self)->form, true, "split");
	scene_write(&scene, true, form_data(self));
}

static void zap_across_vmas(const struct test_case *self)
{
	bool marker = form_of(self)->kind != ANON;
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	split(&scene);
	if (madvise(scene.mapping.start, mapping_size(&scene.mapping), MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	scene_expect(&scene, marker ? FORM_MARKER : FORM_NONE, marker, "zapped");
	scene_write(&scene, marker, marker ? FILE_DATA : '\0');
}

static void unregister_across_vmas(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	split(&scene);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	scene_expect_all(&scene, false, "unregistered");
	scene_write_all_freely(&scene);
}

static const struct form_operation operations[] = {
	{ "two-page-tables", "over the edge of a page table nothing is lost", across_page_tables },
	{ "two-vmas", "over the edge of a VMA nothing is lost", across_vmas },
	{ "two-vmas-madv-dontneed", "MADV_DONTNEED over two VMAs leaves markers in both",
	  zap_across_vmas },
	{ "two-vmas-unregister", "UFFDIO_UNREGISTER over two VMAs clears both",
	  unregister_across_vmas },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS, NULL);
}
