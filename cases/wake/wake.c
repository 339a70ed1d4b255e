// SPDX-License-Identifier: GPL-2.0
/*
 * A thread that writes to a protected page waits until the write is let through, and no
 * longer: whatever ends the protection wakes it, unless told not to.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "case.h"
#include "child.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"
#include "waiter.h"

/* Of the scene's pages: the waiter is here, and nobody right before and after it. */
#define BEFORE 0
#define HERE 1
#define AFTER 2

/* Milliseconds until a signal handler that is to run has run. */
#define TRIES 1000

static char *page(const struct scene *scene, size_t i)
{
	return mapping_page(&scene->mapping, i);
}

static void set(struct scene *scene, struct waiter *waiter, const struct test_case *self)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	waiter_start(waiter, scene->uffd, page(scene, HERE));
}

/* It waits in another queue once its event has been read. */
static void read_event(int uffd)
{
	struct uffd_msg message;

	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		case_error("no event to read: %s", strerror(errno));
}

static void close_unread(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;

	set(&scene, &waiter, self);
	close(scene.uffd);
	waiter_expect_end(&waiter);
}

static void close_read(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;

	set(&scene, &waiter, self);
	read_event(scene.uffd);
	close(scene.uffd);
	waiter_expect_end(&waiter);
}

/* The last to have the userfaultfd open is another process, which exits without closing it. */
static void monitor_exits(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;
	pid_t monitor;
	int closed[2];
	char byte;

	set(&scene, &waiter, self);
	if (pipe(closed))
		case_error("pipe: %s", strerror(errno));
	monitor = child_fork();
	if (!monitor) {
		if (read(closed[0], &byte, 1) != 1)
			case_error("pipe: %s", strerror(errno));
		read_event(scene.uffd);
		child_exit();
	}
	close(scene.uffd);
	if (write(closed[1], "", 1) != 1)
		case_error("pipe: %s", strerror(errno));
	child_wait(monitor);
	waiter_expect_end(&waiter);
}

static void expect_sleep(const struct waiter *waiter, const char *when)
{
	if (!waiter_sleeps(waiter))
		case_fail("the waiter is woken by %s", when);
}

/* So that many pages can be done and their waiters woken at once. */
static void without_waking(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;
	size_t size;
	int error;

	set(&scene, &waiter, self);
	size = scene.mapping.page_size;
	read_event(scene.uffd);
	error = uffd_try_writeprotect(scene.uffd, page(&scene, HERE), size,
				      UFFDIO_WRITEPROTECT_MODE_DONTWAKE);
	if (error)
		case_error("UFFDIO_WRITEPROTECT_MODE_DONTWAKE: %s", strerror(error));
	scene_expect_bits(&scene, HERE, HERE + 1, false, "after UFFDIO_WRITEPROTECT");
	expect_sleep(&waiter, "UFFDIO_WRITEPROTECT with MODE_DONTWAKE");
	uffd_wake(scene.uffd, page(&scene, BEFORE), size);
	expect_sleep(&waiter, "UFFDIO_WAKE of the page before");
	uffd_wake(scene.uffd, page(&scene, AFTER), size);
	expect_sleep(&waiter, "UFFDIO_WAKE of the page after");
	uffd_wake(scene.uffd, page(&scene, HERE), size);
	waiter_expect_end(&waiter);
}

static void elsewhere(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;
	size_t size;

	set(&scene, &waiter, self);
	size = scene.mapping.page_size;
	read_event(scene.uffd);
	uffd_unprotect(scene.uffd, page(&scene, BEFORE), size);
	expect_sleep(&waiter, "UFFDIO_WRITEPROTECT of the page before");
	uffd_unprotect(scene.uffd, page(&scene, AFTER), size);
	expect_sleep(&waiter, "UFFDIO_WRITEPROTECT of the page after");
	uffd_unprotect(scene.uffd, page(&scene, HERE), size);
	waiter_expect_end(&waiter);
}

/* Whoever lifts protection for reasons of its own need not have read any event. */
static void unprotect_unread(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;

	set(&scene, &waiter, self);
	uffd_unprotect(scene.uffd, page(&scene, HERE), scene.mapping.page_size);
	waiter_expect_end(&waiter);
}

static volatile sig_atomic_t handled;

static void handle(int signal)
{
	handled = 1;
}

static void expect_handled(void)
{
	int tries;

	for (tries = 0; !handled; tries++) {
		if (tries == TRIES) {
			case_fail("the signal does not interrupt the waiter");
			return;
		}
		usleep(1000);
	}
}

/*
 * userfaultfd_get_blocking_state(): a fault in user mode can be interrupted, and is taken
 * again once the handler has run.
 */
static void interrupt(const struct test_case *self)
{
	const struct sigaction action = { .sa_handler = handle };
	struct waiter waiter;
	struct scene scene;

	set(&scene, &waiter, self);
	read_event(scene.uffd);
	if (sigaction(SIGUSR1, &action, NULL))
		case_error("sigaction: %s", strerror(errno));
	pthread_kill(waiter.pthread, SIGUSR1);
	expect_handled();
	scene_expect_bits(&scene, HERE, HERE + 1, true, "after the signal");
	/* Nobody else raises an event, so it is the waiter's second one. */
	if (handled)
		waiter_await_sleep(&waiter, scene.uffd);
	uffd_unprotect(scene.uffd, page(&scene, HERE), scene.mapping.page_size);
	waiter_expect_end(&waiter);
}

/* Protecting wakes nobody anyway. */
static void protect_without_waking(const struct test_case *self)
{
	struct scene scene;
	int error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, 0);
	error = uffd_try_writeprotect(scene.uffd, scene.mapping.start,
				      mapping_size(&scene.mapping),
				      UFFDIO_WRITEPROTECT_MODE_WP |
				      UFFDIO_WRITEPROTECT_MODE_DONTWAKE);
	case_expect_error("UFFDIO_WRITEPROTECT with both modes", error, EINVAL);
	scene_expect(&scene, FORM_PRESENT, true, "after the refused ioctl");
}

static void unregister(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;

	set(&scene, &waiter, self);
	read_event(scene.uffd);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	waiter_expect_end(&waiter);
}

static void unregister_both(const struct test_case *self)
{
	struct waiter waiter;
	struct scene scene;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	uffd_register_mode(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping),
			   UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	waiter_start(&waiter, scene.uffd, page(&scene, HERE));
	read_event(scene.uffd);
	uffd_unregister(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	waiter_expect_end(&waiter);
}

static const struct form_operation operations[] = {
	{ "close-wakes", "closing the userfaultfd wakes waiters", close_read, form_is_present },
	{ "close-wakes-unread", "closing it wakes waiters whose event was never read",
	  close_unread, form_is_present },
	{ "monitor-exits", "a waiter goes on when its monitor ends", monitor_exits,
	  form_is_present },
	{ "dontwake", "MODE_DONTWAKE wakes nobody, and UFFDIO_WAKE the waiters in its range",
	  without_waking, form_is_present },
	{ "unprotect-elsewhere", "lifting protection wakes no waiters elsewhere", elsewhere,
	  form_is_present },
	{ "unprotect-unread", "lifting protection wakes a waiter whose event was never read",
	  unprotect_unread, form_is_present },
	{ "signal", "a signal interrupts a waiter, which waits again after its handler", interrupt,
	  form_is_present },
	{ "protect-dontwake", "protecting with MODE_DONTWAKE is refused", protect_without_waking,
	  form_is_present },
	{ "unregister-wakes", "UFFDIO_UNREGISTER wakes waiters", unregister, form_is_present },
	{ "unregister-wakes-both", "UFFDIO_UNREGISTER wakes waiters where MODE_MISSING is set too",
	  unregister_both, form_is_present },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
