// SPDX-License-Identifier: GPL-2.0
/* The bits of /proc/PID/pagemap that tell each form, to the letter. */
#include <stdio.h>

#include "case.h"
#include "forms.h"
#include "pagemap.h"
#include "result.h"
#include "scene.h"

/*
 * pte_to_pagemap_entry(), pagemap_hugetlb_range(): what stands in for a page of
 * hugetlbfs, a marker or a migration entry, is no swap entry to them.
 */
static uint64_t expected(const struct protected_form *form, size_t page)
{
	if (form->form == FORM_PRESENT || (form->form == FORM_MIGRATION && page != MIGRATES))
		return PM_PRESENT | PM_UFFD_WP;
	return mapping_kind_is_hugetlb(form->kind) ? PM_UFFD_WP : PM_SWAP | PM_UFFD_WP;
}

static void show_bits(const struct test_case *self)
{
	const uint64_t mask = PM_PRESENT | PM_SWAP | PM_UFFD_WP;
	struct scene scene;
	size_t i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	for (i = 0; i < scene.mapping.pages; i++) {
		uint64_t raw = pagemap_raw(mapping_page(&scene.mapping, i)) & mask;
		uint64_t wanted = expected(form_of(self), i);

		if (raw != wanted)
			case_fail("page %zu: bits %#llx, expected %#llx", i,
				  (unsigned long long)raw, (unsigned long long)wanted);
	}
}

static const struct form_operation operations[] = {
	{ "pagemap", "a present page has bits 63 and 57, anything else 62 and 57, on hugetlbfs 57",
	  show_bits, NULL },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
