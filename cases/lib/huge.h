/* SPDX-License-Identifier: GPL-2.0 */
/* One page table entry that maps a huge page (THP), and the small pages that it can become. */
#ifndef CASES_HUGE_H
#define CASES_HUGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mapping.h"

#define SMALL_PAGE 4096UL
#define SMALL_PAGES (HUGE_PAGE / SMALL_PAGE)
/* A small page inside, and one after the middle. */
#define ONE 5
#define OTHER 300

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25
#endif

enum huge_form {
	HUGE,
	HUGE_ZERO,	/* the zero page: nobody has written yet */
	HUGE_MIGRATION,	/* on its way to another node, once it is protected */
	HUGE_DEVICE,	/* in a device's memory, once it is protected */
	SMALL_MARKERS,	/* small pages of a file, to be protected and zapped */
};

struct huge {
	bool shared;	/* shmem, or anonymous memory */
	enum huge_form form;
	int fd;
	char *start;
	char data;
	int uffd;
};

/* One case. */
struct huge_row {
	bool shared;
	enum huge_form form;
	const char *operation;
	const char *title;
	/* Gets what is mapped in that form, registered and not protected yet. */
	void (*check)(struct huge *huge);
};

/* Where a huge page can lie, with room that nobody else uses on both sides. */
char *huge_find_place(void);
bool huge_is_mapped(const char *start, bool shared);
/* Registers it anew, with a userfaultfd that has the features. */
void huge_watch(struct huge *huge, uint64_t features);
/* Protects all of it, and then sends away what is to be under migration, or in a device. */
void huge_protect(const struct huge *huge);
/* Of a file, protecting leaves nothing mapped: what is read then has an entry of its own. */
void huge_read_all(const struct huge *huge);
/* The same as huge_protect() without protecting. */
void huge_send_away(const struct huge *huge);
/* Protects just ONE; the page is still a huge one, but small entries map it. Sends all away. */
void huge_protect_small_entry(const struct huge *huge);
/* mremap(2) of so many small pages from @page on, to their like in a huge page at @place. */
void huge_move(struct huge *huge, char *place, size_t page, size_t pages);

/* Fails the case unless the small page has the bit as @uffd_wp says; returns whether it has. */
bool huge_expect(const struct huge *huge, size_t page, bool uffd_wp, const char *when);
/* Just the pages from @from to @to must have it. */
void huge_expect_only(const struct huge *huge, size_t from, size_t to, const char *when);
/* Just those must raise events when they and their neighbours are written. */
void huge_write_around(const struct huge *huge, size_t from, size_t to);
/* A few pages that are protected, as all of it is, must raise events when they are written. */
void huge_write_some(const struct huge *huge);

/* Reads ONE, which must raise an event that @resolve answers with COPIED_DATA. */
void huge_read_missing(const struct huge *huge,
		       void (*resolve)(int uffd, char *page, size_t page_size));

/* cases_main() for @n rows. */
int huge_main(int argc, char **argv, const struct huge_row *rows, size_t n);

#endif
