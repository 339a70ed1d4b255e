// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "device.h"
#include "migrate.h"
#include "reclaim.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#define WRITTEN 'W'

bool scene_is_protected(const struct scene *scene, size_t page)
{
	return scene->pattern == ALL || page % 2;
}

void scene_protect(const struct scene *scene)
{
	const struct mapping *mapping = &scene->mapping;
	size_t i;

	for (i = 0; i < mapping->pages; i++)
		if (scene_is_protected(scene, i))
			uffd_protect(scene->uffd, mapping_page(mapping, i), mapping->page_size);
}

/* What pagemap shows of a form; of a migration, once it is over. */
static enum form form_shown(enum form form)
{
	if (form == FORM_MIGRATION)
		return FORM_PRESENT;
	return form == FORM_EXCLUSIVE ? FORM_DEVICE : form;
}

static void bring_into_form(const struct scene *scene, enum form form)
{
	const struct mapping *mapping = &scene->mapping;

	if (form == FORM_NONE)
		return;
	if (form == FORM_MARKER && mapping->kind == ANON) {
		scene_protect(scene);
		return;
	}
	mapping_populate(mapping);
	if (form == FORM_EXCLUSIVE)
		device_make_exclusive(mapping->start, mapping->page_size, mapping->pages);
	scene_protect(scene);
	if (form == FORM_SWAP)
		reclaim_pageout(mapping->start, mapping_size(mapping));
	if (form == FORM_DEVICE)
		device_migrate_to(mapping->start, mapping->page_size, mapping->pages);
	if (form == FORM_MARKER && madvise(mapping->start, mapping_size(mapping), MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
}

/* A scene that is not what it should be says nothing about what comes after. */
static void confirm_form(const struct scene *scene, enum form intended)
{
	enum form form = form_shown(intended);
	bool uffd_wp = form != FORM_NONE;
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++) {
		struct entry entry = pagemap_entry(mapping_page(&scene->mapping, i));

		if (!scene_is_protected(scene, i))
			continue;
		if (entry.form == form && entry.uffd_wp == uffd_wp)
			continue;
		case_error("page %zu is %s%s before the operation, should be %s%s", i,
			   form_name(entry.form), entry.uffd_wp ? "+wp" : "", form_name(form),
			   uffd_wp ? "+wp" : "");
	}
}

static size_t pages_of(enum mapping_kind kind)
{
	return mapping_kind_is_hugetlb(kind) ? PAGES / 2 : PAGES;
}

static void hold_under_migration(const struct scene *scene)
{
	char *page = mapping_page(&scene->mapping, MIGRATES);

	migrate_hold(page);
	if (!(pagemap_raw(page) & PM_UFFD_WP))
		case_fail("pagemap: uffd-wp of page %d is clear under migration", MIGRATES);
}

/* A zap leaves no marker in anonymous memory, but protecting what is not there does. */
uint64_t scene_features(enum mapping_kind kind, enum form form)
{
	if (kind != ANON)
		return UFFD_FEATURE_WP_HUGETLBFS_SHMEM;
	return form == FORM_MARKER ? UFFD_FEATURE_WP_UNPOPULATED : 0;
}

static void set(struct scene *scene, enum form form, uint64_t features)
{
	scene->uffd = uffd_open(features | scene_features(scene->mapping.kind, form));
	uffd_register(scene->uffd, scene->mapping.start, scene->mapping.span);
	bring_into_form(scene, form);
	confirm_form(scene, form);
	if (form == FORM_MIGRATION)
		hold_under_migration(scene);
}

void scene_set(struct scene *scene, enum mapping_kind kind, enum form form,
	       enum pattern pattern, uint64_t features)
{
	scene->pattern = pattern;
	scene->mapping = mapping_create(kind, pages_of(kind));
	set(scene, form, features);
}

void scene_hold_unprotected(const struct scene *scene)
{
	migrate_hold(mapping_page(&scene->mapping, UNPROTECTED));
}

void scene_set_unprotected(struct scene *scene, enum mapping_kind kind, enum form form,
			   uint64_t features)
{
	bool migrates = form == FORM_MIGRATION;

	scene_set(scene, kind, migrates ? FORM_PRESENT : form, EVERY_OTHER, features);
	if (migrates)
		scene_hold_unprotected(scene);
}

void scene_set_across(struct scene *scene, enum mapping_kind kind, enum form form,
		      enum pattern pattern)
{
	scene->pattern = pattern;
	scene->mapping = mapping_create_across(kind, pages_of(kind));
	set(scene, form, 0);
}

void scene_set_at(struct scene *scene, enum mapping_kind kind, enum form form,
		  enum pattern pattern, uint64_t features, char *start, size_t span)
{
	scene->pattern = pattern;
	scene->mapping = mapping_create_at(kind, pages_of(kind), start, span);
	set(scene, form, features);
}

void scene_expect_bits(const struct scene *scene, size_t from, size_t to, bool uffd_wp,
		       const char *when)
{
	size_t i;

	migrate_settle();
	for (i = from; i < to; i++) {
		struct entry entry = pagemap_entry(mapping_page(&scene->mapping, i));

		if (entry.uffd_wp != uffd_wp)
			case_fail("pagemap, %s: uffd-wp of page %zu is %s, expected %s (%s)", when,
				  i, entry.uffd_wp ? "set" : "clear", uffd_wp ? "set" : "clear",
				  form_name(entry.form));
	}
}

void scene_expect_all(const struct scene *scene, bool uffd_wp, const char *when)
{
	scene_expect_bits(scene, 0, scene->mapping.pages, uffd_wp, when);
}

void scene_expect(const struct scene *scene, enum form expected, bool uffd_wp, const char *when)
{
	enum form form = form_shown(expected);
	size_t i;

	migrate_settle();
	for (i = 0; i < scene->mapping.pages; i++) {
		struct entry entry = pagemap_entry(mapping_page(&scene->mapping, i));
		bool is_protected = scene_is_protected(scene, i);

		scene_expect_bits(scene, i, i + 1, uffd_wp && is_protected, when);
		if (is_protected && entry.form != form)
			case_fail("pagemap, %s: page %zu is %s, expected %s", when, i,
				  form_name(entry.form), form_name(form));
	}
}

static void expect_data(const struct scene *scene, char data, const char *when)
{
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++) {
		/* The first byte is what scene_write() overwrites. */
		char seen = *(volatile char *)(mapping_page(&scene->mapping, i) + 1);

		if (seen != data)
			case_fail("data, %s: page %zu holds %#x, expected %#x", when, i,
				  (unsigned char)seen, (unsigned char)data);
	}
}

void scene_read(const struct scene *scene, char data)
{
	expect_data(scene, data, "read");
}

void scene_write(const struct scene *scene, bool uffd_wp, char data)
{
	const struct mapping *mapping = &scene->mapping;
	bool trapped[PAGES];
	size_t i;

	uffd_write_pages(scene->uffd, mapping->start, mapping->page_size, mapping->pages, WRITTEN,
			 trapped);
	for (i = 0; i < mapping->pages; i++) {
		bool expect_trap = uffd_wp && scene_is_protected(scene, i);

		if (trapped[i] != expect_trap)
			case_fail("write: page %zu raises %s event, expected %s", i,
				  trapped[i] ? "an" : "no", expect_trap ? "one" : "none");
		if (*mapping_page(mapping, i) != WRITTEN)
			case_fail("write: page %zu does not hold what was written", i);
	}
	expect_data(scene, data, "after the write");
	scene_expect(scene, FORM_PRESENT, false, "after resolving");
}

void scene_write_freely(const struct scene *scene, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++) {
		volatile char *page = mapping_page(&scene->mapping, i);

		*page = WRITTEN;
		if (*page != WRITTEN)
			case_fail("write: page %zu does not hold what was written", i);
	}
}

void scene_write_all_freely(const struct scene *scene)
{
	scene_write_freely(scene, 0, scene->mapping.pages);
}

void scene_expect_registrable(struct scene *scene, int uffd)
{
	const struct mapping *mapping = &scene->mapping;
	bool trapped[PAGES];
	uint64_t ioctls;
	size_t i;
	int error = uffd_try_register(uffd, mapping->start, mapping_size(mapping),
				      UFFDIO_REGISTER_MODE_WP, &ioctls);

	if (error) {
		case_fail("UFFDIO_REGISTER of another userfaultfd: %s", strerror(error));
		return;
	}
	scene->uffd = uffd;
	uffd_protect(uffd, mapping->start, mapping_size(mapping));
	uffd_write_pages(uffd, mapping->start, mapping->page_size, mapping->pages, WRITTEN,
			 trapped);
	for (i = 0; i < mapping->pages; i++)
		if (!trapped[i])
			case_fail("write: page %zu raises no event of another userfaultfd", i);
}
