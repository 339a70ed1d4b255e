/* SPDX-License-Identifier: GPL-2.0 */
/* What a page table entry is, as /proc/self/pagemap tells it. */
#ifndef CASES_PAGEMAP_H
#define CASES_PAGEMAP_H

#include <stdbool.h>
#include <stdint.h>

enum form {
	FORM_NONE,
	FORM_PRESENT,
	FORM_SWAP,
	FORM_MARKER,
	FORM_DEVICE,	/* device-private: stands for a page in a device's memory */
	FORM_EXCLUSIVE,	/* device-exclusive: the page is ours, a device has it for itself */
	FORM_MIGRATION,	/* on its way to another page; ends by itself as FORM_PRESENT */
};

struct entry {
	enum form form;
	bool uffd_wp;
};

/* Documentation/admin-guide/mm/pagemap.rst */
#define PM_UFFD_WP	(1ULL << 57)
#define PM_GUARD	(1ULL << 58)	/* since 6.15 */
#define PM_SWAP		(1ULL << 62)
#define PM_PRESENT	(1ULL << 63)

/* Skips the case where bit 57 does not tell yet what is write-protected. */
void pagemap_needed(void);
uint64_t pagemap_raw(const void *address);
/* Never FORM_EXCLUSIVE or FORM_MIGRATION: pagemap shows them as FORM_DEVICE. */
struct entry pagemap_entry(const void *address);
const char *form_name(enum form form);

#endif
