// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is registered for minor faults as well: the page is in the file, and
 * comes into the mapping when, and only when, somebody has been asked.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "case.h"
#include "mapping.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

#define PAGES 8

struct reader {
	const struct mapping *mapping;
	int done;	/* an eventfd */
};

static void *read_each_page(void *arg)
{
	struct reader *reader = arg;
	size_t i;

	for (i = 0; i < reader->mapping->pages; i++)
		(void)*(volatile char *)mapping_page(reader->mapping, i);
	eventfd_write(reader->done, 1);
	return NULL;
}

static void bring_in(int uffd, char *page, size_t size)
{
	struct uffdio_continue args = {
		.range = { .start = (uintptr_t)page, .len = size },
	};

	if (ioctl(uffd, UFFDIO_CONTINUE, &args))
		case_error("UFFDIO_CONTINUE: %s", strerror(errno));
}

static void take_event(int uffd, const struct mapping *mapping, bool *asked)
{
	struct uffd_msg message;
	size_t page;

	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		return;
	page = (message.arg.pagefault.address - (uintptr_t)mapping->start) / mapping->page_size;
	if (page >= mapping->pages || !(message.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_MINOR))
		case_error("an event that is no minor fault of ours");
	asked[page] = true;
	bring_in(uffd, mapping_page(mapping, page), mapping->page_size);
}

static void read_pages(int uffd, const struct mapping *mapping, bool *asked)
{
	struct reader reader = { mapping, eventfd(0, EFD_CLOEXEC) };
	struct pollfd fds[] = { { uffd, POLLIN, 0 }, { reader.done, POLLIN, 0 } };
	pthread_t thread;

	if (pthread_create(&thread, NULL, read_each_page, &reader))
		case_error("pthread_create failed");
	while (poll(fds, 2, -1) > 0 && !(fds[1].revents & POLLIN))
		if (fds[0].revents & POLLIN)
			take_event(uffd, mapping, asked);
	pthread_join(thread, NULL);
}

/* uffd_disable_fault_around(): a fault that brings its neighbours in asks nobody for them. */
static void one_by_one(const struct test_case *self)
{
	struct mapping mapping = mapping_create(SHMEM, PAGES);
	int uffd = uffd_open(UFFD_FEATURE_MINOR_SHMEM | UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
	bool asked[PAGES] = { false };
	size_t i;

	(void)self;
	uffd_register_mode(uffd, mapping.start, mapping_size(&mapping),
			   UFFDIO_REGISTER_MODE_WP | UFFDIO_REGISTER_MODE_MINOR);
	read_pages(uffd, &mapping, asked);
	for (i = 0; i < PAGES; i++) {
		if (!asked[i])
			case_fail("page %zu came in without an event", i);
		if (pagemap_entry(mapping_page(&mapping, i)).uffd_wp)
			case_fail("pagemap: page %zu is protected, and nobody has asked for that", i);
		if (*mapping_page(&mapping, i) != FILE_DATA)
			case_fail("data: page %zu is not the file's", i);
	}
}

int main(int argc, char **argv)
{
	static struct test_case cases[1];

	case_describe(&cases[0], mapping_name(SHMEM), form_name(FORM_NONE), "minor",
		      "each page asks before it comes in, and comes in clean");
	cases[0].run = one_by_one;
	return cases_main(argc, argv, cases, 1);
}
