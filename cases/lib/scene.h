/* SPDX-License-Identifier: GPL-2.0 */
/* Some pages of a mapping, some of them protected, in a form. */
#ifndef CASES_SCENE_H
#define CASES_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "mapping.h"
#include "pagemap.h"

/* At most: huge pages take long to clear and to copy, so there are fewer of them. */
#define PAGES 8

/* The page that FORM_MIGRATION is about: it is protected, and the others are present. */
#define MIGRATES 1
/* And one that EVERY_OTHER leaves unprotected. */
#define UNPROTECTED 0

/* Which pages are protected. */
enum pattern {
	EVERY_OTHER,	/* so that a batch meets both, and each has a neighbour */
	ALL,
};

struct scene {
	struct mapping mapping;
	enum pattern pattern;
	int uffd;
};

/* What whoever watches that kind of mapping in that form must ask for: UFFD_FEATURE_... */
uint64_t scene_features(enum mapping_kind kind, enum form form);
bool scene_is_protected(const struct scene *scene, size_t page);

/*
 * Maps, populates, protects, and brings the entries into @form; or ends the case.
 * @features are asked for on top of what write-protect of the kind needs.
 */
void scene_set(struct scene *scene, enum mapping_kind kind, enum form form,
	       enum pattern pattern, uint64_t features);
/* The same, with the middle of the mapping where a page table ends. */
void scene_set_across(struct scene *scene, enum mapping_kind kind, enum form form,
		      enum pattern pattern);
/* The same at @start, with @span bytes of address space: mapping_create_at(). */
void scene_set_at(struct scene *scene, enum mapping_kind kind, enum form form,
		  enum pattern pattern, uint64_t features, char *start, size_t span);
/*
 * The same with EVERY_OTHER, but what is under migration is a page that is not protected:
 * there is something left to do.
 */
void scene_set_unprotected(struct scene *scene, enum mapping_kind kind, enum form form,
			   uint64_t features);
/* Holds such a page of a scene of present ones under migration. */
void scene_hold_unprotected(const struct scene *scene);
/* Protects what the pattern says. */
void scene_protect(const struct scene *scene);

/*
 * Whatever looks at a scene lets a migration end first.
 *
 * Fails the case unless protected pages are in @form, with the bit if @uffd_wp.
 */
void scene_expect(const struct scene *scene, enum form expected, bool uffd_wp, const char *when);
/* Fails the case unless the pages from @from to @to have the bit as @uffd_wp says. */
void scene_expect_bits(const struct scene *scene, size_t from, size_t to, bool uffd_wp,
		       const char *when);
/* The same of all pages. */
void scene_expect_all(const struct scene *scene, bool uffd_wp, const char *when);
/* Reads every page: whatever was there must be @data. */
void scene_read(const struct scene *scene, char data);
/* Writes every page: just the protected ones, if @uffd_wp, must raise an event. */
void scene_write(const struct scene *scene, bool uffd_wp, char data);
/* Writes pages with nobody to resolve an event: one would block until its case is killed. */
void scene_write_freely(const struct scene *scene, size_t from, size_t to);
void scene_write_all_freely(const struct scene *scene);
/*
 * Registers all of it with @uffd, whoever had it before, and protects: then every page
 * must raise an event there when it is written.
 */
void scene_expect_registrable(struct scene *scene, int uffd);

#endif
