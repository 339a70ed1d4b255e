// SPDX-License-Identifier: GPL-2.0
/*
 * What a child inherits: nothing, unless whoever watches the parent has asked for
 * fork events; then every form, and a userfaultfd of its own.
 */
#include <errno.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "forms.h"
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

static void with_event(const struct test_case *self)
{
	int done = eventfd(0, EFD_CLOEXEC);
	struct uffd_awaited awaited;
	bool trapped[PAGES];
	struct scene scene;
	pid_t child;
	size_t i;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, UFFD_FEATURE_EVENT_FORK);
	uffd_await(&awaited, scene.uffd);
	child = child_fork();
	if (!child)
		be_a_watched_child(&scene, form_after_fork(self), done);
	uffd_resolve(uffd_awaited_event(&awaited, UFFD_EVENT_FORK)->arg.fork.ufd, done,
		     scene.mapping.start, scene.mapping.page_size, scene.mapping.pages,
		     trapped);
	child_wait(child);
	for (i = 0; i < scene.mapping.pages; i++)
		if (!trapped[i])
			case_fail("write: page %zu of the child raises no event", i);
	scene_expect(&scene, form_afterwards(self), true, "in the parent");
}

static const struct form_operation operations[] = {
	{ "fork-child", "a child is clean and writes freely; its parent stays protected",
	  without_event },
	{ "fork-child-then-read", "a child that reads first is clean; its parent still traps",
	  without_event_read_only },
	{ "fork-event-child", "with EVENT_FORK a child inherits protection, and traps",
	  with_event },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS, NULL);
}
