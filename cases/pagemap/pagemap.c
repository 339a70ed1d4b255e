// SPDX-License-Identifier: GPL-2.0
/* The bits of /proc/PID/pagemap that tell each form, to the letter. */
#include <stdio.h>

#include "case.h"
#include "forms.h"
#include "pagemap.h"
#include "result.h"
#include "scene.h"

/* pte_to_pagemap_entry(), pagemap_hugetlb_range(): a hugetlb marker is no swap entry to them. */
static uint64_t expected(const struct protected_form *form)
{
	if (form->form == FORM_PRESENT)
		return PM_PRESENT | PM_UFFD_WP;
	if (form->form == FORM_MARKER && mapping_kind_is_hugetlb(form->kind))
		return PM_UFFD_WP;
	return PM_SWAP | PM_UFFD_WP;
}

static void show_bits(const struct test_case *self)
{
	const uint64_t mask = PM_PRESENT | PM_SWAP | PM_UFFD_WP;
	struct scene scene;
	size_t i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	for (i = 0; i < scene.mapping.pages; i++) {
		uint64_t raw = pagemap_raw(mapping_page(&scene.mapping, i)) & mask;

		if (raw != expected(form_of(self)))
			case_fail("page %zu: bits %#llx, expected %#llx", i,
				  (unsigned long long)raw,
				  (unsigned long long)expected(form_of(self)));
	}
}

static const struct form_operation operations[] = {
	{ "pagemap", "present has bits 63 and 57, swap and marker 62 and 57, a huge marker 57",
	  show_bits },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS, NULL);
}
