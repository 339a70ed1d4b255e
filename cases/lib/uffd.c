// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "result.h"
#include "uffd.h"

/* Milliseconds in which whatever the kernel asks us to wait for is over. */
#define TRIES 1000

bool uffd_has_markers(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	bool offered;

	if (uffd < 0)
		return false;
	offered = !ioctl(uffd, UFFDIO_API, &api) && api.features & UFFD_FEATURE_WP_HUGETLBFS_SHMEM;
	close(uffd);
	return offered;
}

void uffd_ask(int uffd, uint64_t features)
{
	struct uffdio_api api = {
		.api = UFFD_API,
		.features = features | UFFD_FEATURE_PAGEFAULT_FLAG_WP,
	};

	/* userfaultfd_api() refuses features that it does not know with EINVAL. */
	if (ioctl(uffd, UFFDIO_API, &api))
		case_skip("UFFDIO_API with features %#llx: %s", (unsigned long long)features,
			  strerror(errno));
}

static int open_with(uint64_t features, int flags)
{
	int uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | flags);

	if (uffd < 0)
		case_skip("userfaultfd: %s", strerror(errno));
	uffd_ask(uffd, features);
	return uffd;
}

int uffd_open(uint64_t features)
{
	return open_with(features, 0);
}

int uffd_open_user_mode(uint64_t features)
{
	return open_with(features, UFFD_USER_MODE_ONLY);
}

void uffd_register(int uffd, void *start, size_t length)
{
	uffd_register_mode(uffd, start, length, UFFDIO_REGISTER_MODE_WP);
}

int uffd_try_register(int uffd, void *start, size_t length, uint64_t mode, uint64_t *ioctls)
{
	struct uffdio_register registration = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = mode,
	};

	if (ioctl(uffd, UFFDIO_REGISTER, &registration))
		return errno;
	*ioctls = registration.ioctls;
	return 0;
}

void uffd_register_mode(int uffd, void *start, size_t length, uint64_t mode)
{
	uint64_t ioctls;
	int error = uffd_try_register(uffd, start, length, mode, &ioctls);

	/* vma_can_userfault(): not every kind of fault for every kind of mapping. */
	if (error)
		case_skip("UFFDIO_REGISTER with mode %#llx: %s", (unsigned long long)mode,
			  strerror(error));
}

void uffd_unregister(int uffd, void *start, size_t length)
{
	struct uffdio_range range = { .start = (uintptr_t)start, .len = length };

	if (ioctl(uffd, UFFDIO_UNREGISTER, &range))
		case_error("UFFDIO_UNREGISTER: %s", strerror(errno));
}

/*
 * EAGAIN says nothing about protection: an event is about to be read (mmap_changing), or
 * somebody holds a page for the moment.  So every ioctl that changes pages is asked again,
 * with a sleep in between, since we may have a higher priority than whoever it waits for;
 * and not without end, so that the case can quote a kernel that says nothing else.
 *
 * @done is where the ioctl says how much it has done: what was done in part can't be asked
 * for again as a whole.  NULL where it does not say.
 */
static int ask(int uffd, unsigned long request, void *args, const __s64 *done)
{
	int tries;

	for (tries = 0; ioctl(uffd, request, args); tries++) {
		if (errno != EAGAIN || tries == TRIES || (done && *done > 0))
			return errno;
		usleep(1000);
	}
	return 0;
}

int uffd_try_writeprotect(int uffd, void *start, size_t length, uint64_t mode)
{
	struct uffdio_writeprotect args = {
		.range = { .start = (uintptr_t)start, .len = length },
		.mode = mode,
	};

	return ask(uffd, UFFDIO_WRITEPROTECT, &args, NULL);
}

static void write_protect(int uffd, void *start, size_t length, uint64_t mode)
{
	int error = uffd_try_writeprotect(uffd, start, length, mode);

	if (error)
		case_error("UFFDIO_WRITEPROTECT: %s", strerror(error));
}

int uffd_try_protect(int uffd, void *start, size_t length)
{
	return uffd_try_writeprotect(uffd, start, length, UFFDIO_WRITEPROTECT_MODE_WP);
}

void uffd_protect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, UFFDIO_WRITEPROTECT_MODE_WP);
}

void uffd_unprotect(int uffd, void *start, size_t length)
{
	write_protect(uffd, start, length, 0);
}

int uffd_try_move(int uffd, void *to, void *from, size_t length, uint64_t mode)
{
	struct uffdio_move args = {
		.dst = (uintptr_t)to,
		.src = (uintptr_t)from,
		.len = length,
		.mode = mode,
	};

	return ask(uffd, UFFDIO_MOVE, &args, &args.move);
}

void uffd_wake(int uffd, void *start, size_t length)
{
	struct uffdio_range range = { .start = (uintptr_t)start, .len = length };

	if (ioctl(uffd, UFFDIO_WAKE, &range))
		case_error("UFFDIO_WAKE: %s", strerror(errno));
}

int uffd_try_copy_from(int uffd, void *page, size_t page_size, const char *from, uint64_t mode)
{
	struct uffdio_copy args = {
		.dst = (uintptr_t)page,
		.src = (uintptr_t)from,
		.len = page_size,
		.mode = mode,
	};

	return ask(uffd, UFFDIO_COPY, &args, &args.copy);
}

int uffd_try_copy(int uffd, void *page, size_t page_size, char data, uint64_t mode)
{
	char *from = malloc(page_size);
	int error;

	if (!from)
		case_error("no memory to copy from");
	memset(from, data, page_size);
	error = uffd_try_copy_from(uffd, page, page_size, from, mode);
	free(from);
	return error;
}

static void copy(int uffd, char *page, size_t page_size, uint64_t mode)
{
	int error = uffd_try_copy(uffd, page, page_size, COPIED_DATA, mode);

	if (error)
		case_error("UFFDIO_COPY with mode %#llx: %s", (unsigned long long)mode,
			   strerror(error));
}

void uffd_copy(int uffd, char *page, size_t page_size)
{
	copy(uffd, page, page_size, 0);
}

void uffd_copy_protected(int uffd, char *page, size_t page_size)
{
	copy(uffd, page, page_size, UFFDIO_COPY_MODE_WP);
}

int uffd_try_continue(int uffd, void *page, size_t page_size, uint64_t mode)
{
	struct uffdio_continue args = {
		.range = { .start = (uintptr_t)page, .len = page_size },
		.mode = mode,
	};

	return ask(uffd, UFFDIO_CONTINUE, &args, &args.mapped);
}

int uffd_try_zeropage(int uffd, void *page, size_t page_size)
{
	struct uffdio_zeropage args = {
		.range = { .start = (uintptr_t)page, .len = page_size },
	};

	return ask(uffd, UFFDIO_ZEROPAGE, &args, &args.zeropage);
}

void uffd_continue(int uffd, char *page, size_t page_size)
{
	int error = uffd_try_continue(uffd, page, page_size, 0);

	if (error)
		case_error("UFFDIO_CONTINUE: %s", strerror(error));
}

void uffd_poison(int uffd, void *page, size_t page_size)
{
	struct uffdio_poison args = {
		.range = { .start = (uintptr_t)page, .len = page_size },
	};
	int error = ask(uffd, UFFDIO_POISON, &args, &args.updated);

	if (error)
		case_error("UFFDIO_POISON: %s", strerror(error));
}
