/* SPDX-License-Identifier: GPL-2.0 */
/* What a page table entry is, as /proc/self/pagemap tells it. */
#ifndef CASES_PAGEMAP_H
#define CASES_PAGEMAP_H

#include <stdbool.h>

enum form {
	FORM_NONE,
	FORM_PRESENT,
	FORM_SWAP,
	FORM_MARKER,
};

struct entry {
	enum form form;
	bool uffd_wp;
};

struct entry pagemap_entry(const void *address);
const char *form_name(enum form form);

#endif
