// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "result.h"
#include "uffd.h"

bool uffd_has_markers(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	bool offered = uffd >= 0 && !ioctl(uffd, UFFDIO_API, &api) &&
		       api.features & UFFD_FEATURE_WP_HUGETLBFS_SHMEM;

	close(uffd);
	return offered;
}

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
	uffd_register_mode(uffd, start, length, UFFDIO_REGISTER_MODE_WP);
}

void uffd_register_mode(int uffd, void *start, size_t length, uint64_t mode)
{
	struct uffdio_register registration = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = mode,
	};

	/* vma_can_userfault(): not every kind of fault for every kind of mapping. */
	if (ioctl(uffd, UFFDIO_REGISTER, &registration))
		case_skip("UFFDIO_REGISTER with mode %#llx: %s", (unsigned long long)mode,
			  strerror(errno));
}

void uffd_unregister(int uffd, void *start, size_t length)
{
	struct uffdio_range range = { .start = (uintptr_t)start, .len = length };

	if (ioctl(uffd, UFFDIO_UNREGISTER, &range))
		case_error("UFFDIO_UNREGISTER: %s", strerror(errno));
}

static int try_write_protect(int uffd, void *start, size_t length, uint64_t mode)
{
	struct uffdio_writeprotect wp = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = mode,
	};

	while (ioctl(uffd, UFFDIO_WRITEPROTECT, &wp))
		if (errno != EAGAIN)
			return errno;
	return 0;
}

static void write_protect(int uffd, void *start, size_t length, uint64_t mode)
{
	int error = try_write_protect(uffd, start, length, mode);

	if (error)
		case_error("UFFDIO_WRITEPROTECT: %s", strerror(error));
}

int uffd_try_protect(int uffd, void *start, size_t length)
{
	return try_write_protect(uffd, start, length, UFFDIO_WRITEPROTECT_MODE_WP);
}

void uffd_protect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, UFFDIO_WRITEPROTECT_MODE_WP);
}

void uffd_unprotect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, 0);
}

/* include/uapi/linux/userfaultfd.h: struct uffdio_move */
struct move {
	uint64_t dst, src, len, mode;
	int64_t move;
};

#define MOVE _IOWR(UFFDIO, 0x05, struct move)

int uffd_try_move(int uffd, void *to, void *from, size_t length)
{
	struct move move = { .dst = (uintptr_t)to, .src = (uintptr_t)from, .len = length };

	return ioctl(uffd, MOVE, &move) ? errno : 0;
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

struct range {
	char *start;
	size_t page_size;
	size_t n;
};

static void take_event(int uffd, const struct range *range, bool *trapped)
{
	struct uffd_msg message;
	uint64_t address;
	size_t page;

	if (read(uffd, &message, sizeof(message)) != sizeof(message))
		return;
	address = message.arg.pagefault.address;
	page = (address - (uintptr_t)range->start) / range->page_size;
	if (message.event != UFFD_EVENT_PAGEFAULT || page >= range->n)
		case_error("an event of kind %#x at %#llx", message.event,
			   (unsigned long long)address);
	if (!(message.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP))
		case_fail("page %zu: the event is no write-protect fault (flags %#llx)", page,
			  (unsigned long long)message.arg.pagefault.flags);
	trapped[page] = true;
	uffd_unprotect(uffd, range->start + page * range->page_size, range->page_size);
}

void uffd_resolve(int uffd, int done, char *start, size_t page_size, size_t n, bool *trapped)
{
	const struct range range = { start, page_size, n };
	struct pollfd ready[] = {
		{ .fd = uffd, .events = POLLIN },
		{ .fd = done, .events = POLLIN },
	};

	memset(trapped, 0, n * sizeof(*trapped));
	do {
		poll(ready, 2, -1);
		if (ready[0].revents & POLLIN)
			take_event(uffd, &range, trapped);
	} while (!(ready[1].revents & POLLIN));
}

void uffd_write_pages(int uffd, char *start, size_t page_size, size_t n, char value,
		      bool *trapped)
{
	struct writer writer = { start, page_size, n, value, eventfd(0, EFD_CLOEXEC) };
	pthread_t thread;

	if (writer.done < 0 || pthread_create(&thread, NULL, write_each_page, &writer))
		case_error("no thread to write with: %s", strerror(errno));
	uffd_resolve(uffd, writer.done, start, page_size, n, trapped);
	pthread_join(thread, NULL);
	close(writer.done);
}

static void *read_event(void *arg)
{
	struct uffd_awaited *awaited = arg;
	struct pollfd ready = { .fd = awaited->uffd, .events = POLLIN };

	poll(&ready, 1, -1);
	if (read(awaited->uffd, &awaited->message, sizeof(awaited->message)) < 0)
		awaited->message.event = 0;
	return NULL;
}

void uffd_await(struct uffd_awaited *awaited, int uffd)
{
	awaited->uffd = uffd;
	if (pthread_create(&awaited->thread, NULL, read_event, awaited))
		case_error("no thread to read events: %s", strerror(errno));
}

const struct uffd_msg *uffd_awaited_event(struct uffd_awaited *awaited, uint8_t event)
{
	pthread_join(awaited->thread, NULL);
	if (awaited->message.event != event)
		case_error("an event of kind %#x, expected %#x", awaited->message.event, event);
	return &awaited->message;
}
