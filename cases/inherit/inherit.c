// SPDX-License-Identifier: GPL-2.0
/*
 * What a child inherits: nothing, unless whoever watches the parent has asked for
 * fork events; then every form, and a userfaultfd of its own.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "forms.h"
#include "pin.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

/* The child's access migrates a page from the device, for both of them. */
static enum form form_afterwards(const struct test_case *self)
{
	enum form form = form_after_fork(self);

	return form == FORM_DEVICE ? FORM_PRESENT : form;
}

static _Noreturn void be_a_clean_child(const struct scene *scene)
{
	scene_expect_all(scene, false, "in the child");
	scene_write_all_freely(scene);
	child_exit();
}

static void without_event(const struct test_case *self)
{
	struct scene scene;
	pid_t child;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	child = child_fork();
	if (!child)
		be_a_clean_child(&scene);
	child_wait(child);
	scene_expect(&scene, form_afterwards(self), true, "in the parent");
}

/* A read fault brings the page into the child by another way than a write. */
static void without_event_read_only(const struct test_case *self)
{
	struct scene scene;
	pid_t child;
	size_t i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	child = child_fork();
	if (!child) {
		for (i = 0; i < scene.mapping.pages; i++)
			(void)*(volatile char *)mapping_page(&scene.mapping, i);
		scene_expect_all(&scene, false, "read in the child");
		scene_write_all_freely(&scene);
		child_exit();
	}
	child_wait(child);
	scene_write(&scene, true, form_data(self));
}

static _Noreturn void be_a_watched_child(const struct scene *scene, enum form form, int done)
{
	scene_expect(scene, form, true, "in the child");
	scene_write_all_freely(scene);
	eventfd_write(done, 1);
	child_exit();
}

/*
 * On hugetlbfs before 6.4 a present neighbour keeps its bit in the child, which would hide
 * what becomes of the entry under migration.
 */
static void without_event_alone(const struct test_case *self)
{
	struct scene scene;
	pid_t child;
	size_t i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	for (i = 0; i < scene.mapping.pages; i++)
		if (i != MIGRATES)
			uffd_unprotect(scene.uffd, mapping_page(&scene.mapping, i),
				       scene.mapping.page_size);
	child = child_fork();
	if (!child)
		be_a_clean_child(&scene);
	child_wait(child);
	scene_expect_bits(&scene, MIGRATES, MIGRATES + 1, true, "in the parent");
}

static bool migrates_into_a_child(const struct protected_form *form)
{
	return form_is_migrating(form) && form_outlasts_rmap_locks(form);
}

/* copy_nonpresent_pte() and its like write the parent's entry anew, and so does a copy. */
static void of_unprotected(const struct test_case *self)
{
	struct scene scene;
	pid_t child;

	scene_set_unprotected(&scene, form_of(self)->kind, form_of(self)->form, 0);
	child = child_fork();
	if (!child) {
		scene_expect_bits(&scene, UNPROTECTED, UNPROTECTED + 1, false, "in the child");
		scene_write_freely(&scene, UNPROTECTED, UNPROTECTED + 1);
		child_exit();
	}
	child_wait(child);
	scene_expect_bits(&scene, UNPROTECTED, UNPROTECTED + 1, false, "in the parent");
	scene_write_freely(&scene, UNPROTECTED, UNPROTECTED + 1);
}

static void child_registers(const struct test_case *self)
{
	struct scene scene;
	pid_t child;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	child = child_fork();
	if (!child) {
		scene_expect_registrable(&scene, uffd_open(scene_features(form_of(self)->kind,
									  form_of(self)->form)));
		child_exit();
	}
	child_wait(child);
	scene_write(&scene, true, form_data(self));
}

static void set_watched(struct scene *scene, const struct test_case *self, enum pattern pattern)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, pattern,
		  UFFD_FEATURE_EVENT_FORK);
}

static void expect_watched_child(const struct scene *scene, const struct test_case *self)
{
	int done = eventfd(0, EFD_CLOEXEC);
	struct uffd_awaited awaited;
	bool trapped[PAGES];
	pid_t child;
	size_t i;

	uffd_await(&awaited, scene->uffd);
	child = child_fork();
	if (!child)
		be_a_watched_child(scene, form_after_fork(self), done);
	uffd_resolve(uffd_awaited_event(&awaited, UFFD_EVENT_FORK)->arg.fork.ufd, done,
		     scene->mapping.start, scene->mapping.page_size, scene->mapping.pages,
		     trapped);
	child_wait(child);
	for (i = 0; i < scene->mapping.pages; i++)
		if (trapped[i] != scene_is_protected(scene, i))
			case_fail("write: page %zu of the child raises %s event", i,
				  trapped[i] ? "an" : "no");
}

static void with_event(const struct test_case *self)
{
	struct scene scene;

	set_watched(&scene, self, ALL);
	expect_watched_child(&scene, self);
	scene_expect(&scene, form_afterwards(self), true, "in the parent");
}

/* copy_present_page(): what is pinned is not shared with a child, but copied for it at once. */
static void expect_watched_child_of_pinned(const struct test_case *self, enum pattern pattern,
					   size_t pinned)
{
	struct scene scene;
	struct pin pin;

	set_watched(&scene, self, pattern);
	pin_take(&pin, mapping_page(&scene.mapping, pinned));
	expect_watched_child(&scene, self);
	pin_release(&pin);
	scene_expect(&scene, FORM_PRESENT, true, "in the parent");
}

static void with_event_pinned(const struct test_case *self)
{
	expect_watched_child_of_pinned(self, ALL, 1);
}

static void with_event_unprotected_pinned(const struct test_case *self)
{
	expect_watched_child_of_pinned(self, EVERY_OTHER, UNPROTECTED);
}

static void without_event_pinned(const struct test_case *self)
{
	struct scene scene;
	struct pin pin;
	pid_t child;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	pin_take(&pin, mapping_page(&scene.mapping, 1));
	child = child_fork();
	if (!child)
		be_a_clean_child(&scene);
	child_wait(child);
	pin_release(&pin);
	scene_expect(&scene, FORM_PRESENT, true, "in the parent");
}

/* Only pages that are nobody else's are copied for a pin's sake. */
static bool is_copied_when_pinned(const struct protected_form *form)
{
	return form_is_present(form) && mapping_kind_is_private(form->kind);
}

/* Whoever watches the child hears of its move, before anything else does happen to it. */
static void expect_event_of_move(int uffd, int done, const struct scene *scene, const char *to)
{
	struct pollfd ready[] = {
		{ .fd = uffd, .events = POLLIN },
		{ .fd = done, .events = POLLIN },
	};
	struct uffd_msg message;

	poll(ready, 2, -1);
	if (!(ready[0].revents & POLLIN)) {
		case_fail("the child's move raises no event");
		return;
	}
	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		case_error("no event to read: %s", strerror(errno));
	if (message.event != UFFD_EVENT_REMAP ||
	    message.arg.remap.from != (uintptr_t)scene->mapping.start ||
	    message.arg.remap.to != (uintptr_t)to)
		case_fail("an event of kind %#x tells of the child's move", message.event);
}

static _Noreturn void be_a_child_that_moves(struct scene *scene, char *to, int done)
{
	size_t size = mapping_size(&scene->mapping);

	if (mremap(scene->mapping.start, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to)
		case_error("mremap: %s", strerror(errno));
	scene->mapping.start = to;
	be_a_watched_child(scene, FORM_PRESENT, done);
}

/* dup_userfaultfd(): the child's userfaultfd has the features of its parent's. */
static void with_event_and_move(const struct test_case *self)
{
	int done = eventfd(0, EFD_CLOEXEC);
	struct uffd_awaited awaited;
	bool trapped[PAGES];
	struct scene scene;
	pid_t child;
	char *to;
	size_t i;
	int uffd;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL,
		  UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP);
	to = mapping_find_room(mapping_size(&scene.mapping));
	uffd_await(&awaited, scene.uffd);
	child = child_fork();
	if (!child)
		be_a_child_that_moves(&scene, to, done);
	uffd = uffd_awaited_event(&awaited, UFFD_EVENT_FORK)->arg.fork.ufd;
	expect_event_of_move(uffd, done, &scene, to);
	uffd_resolve(uffd, done, to, scene.mapping.page_size, scene.mapping.pages, trapped);
	child_wait(child);
	for (i = 0; i < scene.mapping.pages; i++)
		if (!trapped[i])
			case_fail("write: page %zu that the child has moved raises no event", i);
	scene_expect(&scene, FORM_PRESENT, true, "in the parent");
}

static const struct form_operation operations[] = {
	{ "fork-child", "a child is clean and writes freely; its parent stays protected",
	  without_event, form_outlasts_rmap_locks },
	{ "fork-child-then-read", "a child that reads first is clean; its parent still traps",
	  without_event_read_only, form_outlasts_rmap_locks },
	{ "fork-event-child", "with EVENT_FORK a child inherits protection, and traps",
	  with_event, form_outlasts_rmap_locks },
	{ "fork-event-child-mremap", "what a watched child moves stays protected, and is told of",
	  with_event_and_move, form_is_present },
	{ "fork-child-alone", "where only this page is protected, a child is clean",
	  without_event_alone, migrates_into_a_child },
	{ "fork-child-unprotected", "a fork protects nothing that was not", of_unprotected,
	  form_outlasts_rmap_locks },
	{ "fork-child-register", "a child can register with a userfaultfd of its own",
	  child_registers, form_is_present },
	{ "fork-child-pinned", "a page copied at once because it is pinned is clean in a child",
	  without_event_pinned, is_copied_when_pinned },
	{ "fork-event-child-pinned", "with EVENT_FORK such a copy is protected, and traps",
	  with_event_pinned, is_copied_when_pinned },
	{ "fork-event-child-unprotected-pinned",
	  "with EVENT_FORK such a copy of what is not protected is not either",
	  with_event_unprotected_pinned, is_copied_when_pinned },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
