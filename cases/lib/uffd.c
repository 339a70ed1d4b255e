// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "result.h"
#include "uffd.h"

/* Features that are younger than some build hosts' headers. */
#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM (1 << 12)
#endif

int uffd_open(uint64_t features)
{
	struct uffdio_api api = {
		.api = UFFD_API,
		.features = features | UFFD_FEATURE_PAGEFAULT_FLAG_WP,
	};
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	if (uffd < 0)
		case_skip("userfaultfd: %s", strerror(errno));
	/* userfaultfd_api() refuses features that it does not know with EINVAL. */
	if (ioctl(uffd, UFFDIO_API, &api))
		case_skip("UFFDIO_API with features %#llx: %s", (unsigned long long)features,
			  strerror(errno));
	return uffd;
}

void uffd_register(int uffd, void *start, size_t length)
{
	struct uffdio_register registration = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = UFFDIO_REGISTER_MODE_WP,
	};

	/* vma_can_userfault(): no write-protect for this kind of mapping. */
	if (ioctl(uffd, UFFDIO_REGISTER, &registration))
		case_skip("UFFDIO_REGISTER for write-protect: %s", strerror(errno));
}

void uffd_unregister(int uffd, void *start, size_t length)
{
	struct uffdio_range range = { .start = (uintptr_t)start, .len = length };

	if (ioctl(uffd, UFFDIO_UNREGISTER, &range))
		case_error("UFFDIO_UNREGISTER: %s", strerror(errno));
}

static void write_protect(int uffd, void *start, size_t length, uint64_t mode)
{
	struct uffdio_writeprotect wp = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = mode,
	};

	while (ioctl(uffd, UFFDIO_WRITEPROTECT, &wp))
		if (errno != EAGAIN)
			case_error("UFFDIO_WRITEPROTECT: %s", strerror(errno));
}

void uffd_protect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, UFFDIO_WRITEPROTECT_MODE_WP);
}

void uffd_unprotect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, 0);
}

struct writer {
	volatile char *start;
	size_t page_size;
	size_t n;
	char value;
	int done;	/* an eventfd */
};

static void *write_each_page(void *arg)
{
	struct writer *writer = arg;
	size_t i;

	for (i = 0; i < writer->n; i++)
		writer->start[i * writer->page_size] = writer->value;
	eventfd_write(writer->done, 1);
	return NULL;
}

static void take_event(int uffd, const struct writer *writer, bool *trapped)
{
	struct uffd_msg message;
	uint64_t address;
	size_t page;

	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		return;
	address = message.arg.pagefault.address;
	page = (address - (uintptr_t)writer->start) / writer->page_size;
	if (message.event != UFFD_EVENT_PAGEFAULT || page >= writer->n)
		case_error("an event of kind %#x at %#llx", message.event,
			   (unsigned long long)address);
	if (!(message.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP))
		case_fail("page %zu: the event is no write-protect fault (flags %#llx)", page,
			  (unsigned long long)message.arg.pagefault.flags);
	trapped[page] = true;
	uffd_unprotect(uffd, (char *)writer->start + page * writer->page_size,
		       writer->page_size);
}

void uffd_write_pages(int uffd, char *start, size_t page_size, size_t n, char value,
		      bool *trapped)
{
	struct writer writer = { start, page_size, n, value, eventfd(0, EFD_CLOEXEC) };
	struct pollfd ready[] = {
		{ .fd = uffd, .events = POLLIN },
		{ .fd = writer.done, .events = POLLIN },
	};
	pthread_t thread;

	memset(trapped, 0, n * sizeof(*trapped));
	if (writer.done < 0 || pthread_create(&thread, NULL, write_each_page, &writer))
		case_error("no thread to write with: %s", strerror(errno));
	do {
		poll(ready, 2, -1);
		if (ready[0].revents & POLLIN)
			take_event(uffd, &writer, trapped);
	} while (!(ready[1].revents & POLLIN));
	pthread_join(thread, NULL);
	close(writer.done);
}
