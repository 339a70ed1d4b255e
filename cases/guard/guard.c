// SPDX-License-Identifier: GPL-2.0
/* Guards, poison and markers share the entry; a marker of ours must give way to the others. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "child.h"
#include "forms.h"
#include "pagemap-scan.h"
#include "result.h"
#include "scene.h"
#include "touch.h"
#include "uffd.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif

static void advise(const struct scene *scene, int advice, const char *name)
{
	if (!madvise(scene->mapping.start, mapping_size(&scene->mapping), advice))
		return;
	if (errno == EINVAL)
		case_skip("no %s for this mapping", name);
	case_error("%s: %s", name, strerror(errno));
}

static void expect_signal(const struct scene *scene, int signal, const char *state,
			  const char *when)
{
	size_t i;

	for (i = 0; i < scene->mapping.pages; i++)
		if (touch(mapping_page(&scene->mapping, i)) != signal)
			case_fail("%s: page %zu is not %s", when, i, state);
}

/* Protection comes and goes, and every page stays in the state that the signal tells of. */
static void protect_and_unprotect(const struct scene *scene, int signal, const char *state)
{
	scene_protect(scene);
	expect_signal(scene, signal, state, "protected");
	uffd_unprotect(scene->uffd, scene->mapping.start, mapping_size(&scene->mapping));
	expect_signal(scene, signal, state, "unprotected");
}

static void install_over(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	advise(&scene, MADV_GUARD_INSTALL, "MADV_GUARD_INSTALL");
	expect_signal(&scene, SIGSEGV, "guarded", "installed");
}

/* Over what is protected no more: install_over() is about what is. */
static void set_guarded(struct scene *scene, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	uffd_unprotect(scene->uffd, scene->mapping.start, mapping_size(&scene->mapping));
	advise(scene, MADV_GUARD_INSTALL, "MADV_GUARD_INSTALL");
}

static void protect_over(const struct test_case *self)
{
	struct scene scene;

	set_guarded(&scene, self);
	protect_and_unprotect(&scene, SIGSEGV, "guarded");
	advise(&scene, MADV_GUARD_REMOVE, "MADV_GUARD_REMOVE");
	scene_write_all_freely(&scene);
}

static void remove_nothing(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	advise(&scene, MADV_GUARD_REMOVE, "MADV_GUARD_REMOVE");
	scene_expect(&scene, form_of(self)->form, true, "after MADV_GUARD_REMOVE");
	scene_write(&scene, true, form_data(self));
}

/* The page @guard, and no other, is one to PAGEMAP_SCAN and to pagemap. */
static void expect_shown(const struct scene *scene, size_t guard, const char *when)
{
	const struct scan of_guards = { .mask = PAGE_IS_GUARD, .tells = PAGE_IS_GUARD };
	const struct mapping *mapping = &scene->mapping;
	uint64_t categories[PAGES];
	size_t i;

	pagemap_scan(mapping->start, mapping->page_size, mapping->pages, &of_guards, categories);
	for (i = 0; i < mapping->pages; i++) {
		bool bit = pagemap_raw(mapping_page(mapping, i)) & PM_GUARD;

		if (!!categories[i] != (i == guard))
			case_fail("PAGEMAP_SCAN, %s: page %zu reads as %s", when, i,
				  categories[i] ? "a guard" : "no guard");
		if (bit != (i == guard))
			case_fail("pagemap, %s: bit 58 of page %zu is %s", when, i,
				  bit ? "set" : "clear");
	}
}

/* pagemap_page_category(), pte_to_pagemap_entry(): a guard is a marker too, and ours is none. */
static void show_guard(const struct test_case *self)
{
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	expect_shown(&scene, scene.mapping.pages, "protected");
	if (madvise(mapping_page(&scene.mapping, UNPROTECTED), scene.mapping.page_size,
		    MADV_GUARD_INSTALL))
		case_error("MADV_GUARD_INSTALL: %s", strerror(errno));
	expect_shown(&scene, UNPROTECTED, "with a guard");
	scene_expect(&scene, form_of(self)->form, true, "after the scan");
}

/* copy_pte_marker(): of what shares the entry with our marker, a child gets all but that. */
static void expect_signal_in_child(const struct scene *scene, int signal, const char *state)
{
	pid_t child = child_fork();

	if (!child) {
		expect_signal(scene, signal, state, "in the child");
		child_exit();
	}
	child_wait(child);
	expect_signal(scene, signal, state, "in the parent");
}

static void fork_guarded(const struct test_case *self)
{
	struct scene scene;

	set_guarded(&scene, self);
	expect_signal_in_child(&scene, SIGSEGV, "guarded");
}

/* UFFDIO_POISON wants an entry where nothing is, not even a marker. */
static void empty(const struct scene *scene)
{
	size_t size = mapping_size(&scene->mapping);

	uffd_unprotect(scene->uffd, scene->mapping.start, size);
	advise(scene, MADV_DONTNEED, "MADV_DONTNEED");
}

static void set_poisoned(struct scene *scene, const struct test_case *self)
{
	size_t i;

	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, UFFD_FEATURE_POISON);
	empty(scene);
	for (i = 0; i < scene->mapping.pages; i++)
		uffd_poison(scene->uffd, mapping_page(&scene->mapping, i),
			    scene->mapping.page_size);
}

static void fork_poisoned(const struct test_case *self)
{
	struct scene scene;

	set_poisoned(&scene, self);
	expect_signal_in_child(&scene, SIGBUS, "poisoned");
}

static void protect_poison(const struct test_case *self)
{
	struct scene scene;

	set_poisoned(&scene, self);
	protect_and_unprotect(&scene, SIGBUS, "poisoned");
	advise(&scene, MADV_DONTNEED, "MADV_DONTNEED");
	scene_write_all_freely(&scene);
}

/* vma_needs_copy(): a child's entries of a shared file are made anew. */
static bool is_present_and_private(const struct protected_form *form)
{
	return form_is_present(form) && mapping_kind_is_private(form->kind);
}

/* madvise_guard_install() refuses hugetlb mappings. */
static bool takes_guards(const struct protected_form *form)
{
	return !mapping_kind_is_hugetlb(form->kind);
}

static bool is_settled_and_takes_guards(const struct protected_form *form)
{
	return form_is_settled(form) && takes_guards(form);
}

static bool is_present_and_takes_guards(const struct protected_form *form)
{
	return form_is_present(form) && takes_guards(form);
}

static const struct form_operation operations[] = {
	{ "guard-install", "a guard over what is protected guards", install_over, takes_guards },
	{ "guard-then-writeprotect", "write-protecting a guard changes nothing", protect_over,
	  takes_guards },
	{ "guard-remove", "MADV_GUARD_REMOVE where no guard is changes nothing", remove_nothing,
	  takes_guards },
	{ "guard-fork-child", "a guard guards a child too", fork_guarded,
	  is_present_and_takes_guards },
	{ "scan-guard", "pagemap and PAGEMAP_SCAN take nothing protected for a guard", show_guard,
	  is_settled_and_takes_guards },
	{ "poison-fork-child", "what is poisoned is poisoned for a child too", fork_poisoned,
	  is_present_and_private },
	{ "poison-then-writeprotect", "write-protecting what is poisoned changes nothing",
	  protect_poison, form_is_present },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
