/* SPDX-License-Identifier: GPL-2.0 */
/* Some pages, every other one protected, in a form. */
#ifndef CASES_SCENE_H
#define CASES_SCENE_H

#include <stdbool.h>

#include "mapping.h"
#include "pagemap.h"

#define PAGES 8

struct scene {
	struct mapping mapping;
	int uffd;
};

/* Alternating, so that a batched zap meets both, and each has a neighbour. */
bool scene_is_protected(size_t page);

/* Maps, populates, protects, and brings the entries into @form; or ends the case. */
void scene_set(struct scene *scene, enum mapping_kind kind, enum form form);
/* Protects every other page. */
void scene_protect(const struct scene *scene);

/* Fails the case unless protected pages are in @form, with the bit if @uffd_wp. */
void scene_expect(const struct scene *scene, enum form form, bool uffd_wp, const char *when);
/* Reads every page: whatever was there must be @data. */
void scene_read(const struct scene *scene, char data);
/* Writes every page: just the protected ones, if @uffd_wp, must raise an event. */
void scene_write(const struct scene *scene, bool uffd_wp, char data);

#endif
