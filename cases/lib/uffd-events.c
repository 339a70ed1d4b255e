// SPDX-License-Identifier: GPL-2.0
/* What a userfaultfd tells, and those whom it tells of: the ioctls are in uffd.c. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "result.h"
#include "uffd.h"

struct range {
	char *start;
	size_t page_size;
	size_t n;
};

struct toucher {
	const struct uffd_touch *touch;
	const struct range *range;
	int done;	/* an eventfd */
};

/* A page's last byte first: the address of the fault is not the one that the event must have. */
static void touch_page(const struct uffd_touch *touch, volatile char *page, size_t page_size)
{
	if (touch->write) {
		page[page_size - 1] = touch->value;
		page[0] = touch->value;
	} else {
		(void)page[page_size - 1];
	}
}

static void *touch_each_page(void *arg)
{
	const struct toucher *toucher = arg;
	const struct range *range = toucher->range;
	size_t i;

	for (i = 0; i < range->n; i++)
		touch_page(toucher->touch, range->start + i * range->page_size, range->page_size);
	eventfd_write(toucher->done, 1);
	return NULL;
}

static void take_event(int uffd, const struct uffd_touch *touch, const struct range *range,
		       bool *asked)
{
	struct uffd_msg message;
	uint64_t address, flags;
	size_t page;

	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		return;
	address = message.arg.pagefault.address;
	flags = message.arg.pagefault.flags;
	page = (address - (uintptr_t)range->start) / range->page_size;
	if (message.event != UFFD_EVENT_PAGEFAULT || page >= range->n)
		case_error("an event of kind %#x at %#llx", message.event,
			   (unsigned long long)address);
	if (address % range->page_size)
		case_fail("page %zu: the event's address is %#llx, and no page begins there", page,
			  (unsigned long long)address);
	if (flags != touch->flags)
		case_fail("page %zu: the event has flags %#llx, expected %#llx", page,
			  (unsigned long long)flags, (unsigned long long)touch->flags);
	asked[page] = true;
	touch->resolve(uffd, range->start + page * range->page_size, range->page_size);
}

static void take_events(int uffd, int done, const struct uffd_touch *touch,
			const struct range *range, bool *asked)
{
	struct pollfd ready[] = {
		{ .fd = uffd, .events = POLLIN },
		{ .fd = done, .events = POLLIN },
	};

	memset(asked, 0, range->n * sizeof(*asked));
	do {
		poll(ready, 2, -1);
		if (ready[0].revents & POLLIN)
			take_event(uffd, touch, range, asked);
	} while (!(ready[1].revents & POLLIN));
}

void uffd_touch_pages(int uffd, const struct uffd_touch *touch, char *start, size_t page_size,
		      size_t n, bool *asked)
{
	const struct range range = { start, page_size, n };
	struct toucher toucher = { touch, &range, eventfd(0, EFD_CLOEXEC) };
	pthread_t thread;

	if (toucher.done < 0 || pthread_create(&thread, NULL, touch_each_page, &toucher))
		case_error("no thread to touch pages: %s", strerror(errno));
	take_events(uffd, toucher.done, touch, &range, asked);
	pthread_join(thread, NULL);
	close(toucher.done);
}

static void lift_protection(int uffd, char *page, size_t page_size)
{
	uffd_unprotect(uffd, page, page_size);
}

static struct uffd_touch writing(char value)
{
	return (struct uffd_touch){
		.write = true,
		.value = value,
		.flags = UFFD_PAGEFAULT_FLAG_WP | UFFD_PAGEFAULT_FLAG_WRITE,
		.resolve = lift_protection,
	};
}

void uffd_resolve(int uffd, int done, char *start, size_t page_size, size_t n, bool *trapped)
{
	const struct range range = { start, page_size, n };
	const struct uffd_touch touch = writing('\0');

	take_events(uffd, done, &touch, &range, trapped);
}

void uffd_write_pages(int uffd, char *start, size_t page_size, size_t n, char value,
		      bool *trapped)
{
	const struct uffd_touch touch = writing(value);

	uffd_touch_pages(uffd, &touch, start, page_size, n, trapped);
}

/*
 * Whoever waits for its event to be read must not keep the address space locked: the one
 * who reads it may have to change its own mappings before.
 */
static void change_mappings(void)
{
	void *page = mmap(NULL, getpagesize(), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page != MAP_FAILED)
		munmap(page, getpagesize());
}

static void *read_event(void *arg)
{
	struct uffd_awaited *awaited = arg;
	struct pollfd ready[] = {
		{ .fd = awaited->uffd, .events = POLLIN },
		{ .fd = awaited->returned, .events = POLLIN },
	};

	poll(ready, 2, -1);
	if (!(ready[0].revents & POLLIN))
		return NULL;
	change_mappings();
	if (read(awaited->uffd, &awaited->message, sizeof(awaited->message)) < 0)
		awaited->message.event = 0;
	return NULL;
}

void uffd_await(struct uffd_awaited *awaited, int uffd)
{
	*awaited = (struct uffd_awaited){ .uffd = uffd, .returned = eventfd(0, EFD_CLOEXEC) };
	if (awaited->returned < 0 ||
	    pthread_create(&awaited->thread, NULL, read_event, awaited))
		case_error("no thread to read events: %s", strerror(errno));
}

const struct uffd_msg *uffd_awaited_event(struct uffd_awaited *awaited, uint8_t event)
{
	uint8_t seen;

	/* An event waits as long as its system call: what is not there by now never comes. */
	eventfd_write(awaited->returned, 1);
	pthread_join(awaited->thread, NULL);
	close(awaited->returned);
	seen = awaited->message.event;
	if (!seen)
		case_fail("no event is raised, expected one of kind %#x", event);
	else if (seen != event)
		case_error("an event of kind %#x, expected %#x", seen, event);
	return &awaited->message;
}
