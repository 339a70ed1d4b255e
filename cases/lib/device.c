// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device.h"
#include "mapping.h"
#include "result.h"

#define DEVICE "/dev/hmm_dmirror0"
#define MOST_BYTES HUGE_PAGE
/* Pages that somebody else holds for a moment are passed over: ask again. */
#define TRIES 50

/* lib/test_hmm_uapi.h, which no kernel installs. */
struct hmm_dmirror_cmd {
	uint64_t addr;
	uint64_t ptr;
	uint64_t npages;
	uint64_t cpages;
	uint64_t faults;
};

#define HMM_DMIRROR_READ		_IOWR('H', 0x00, struct hmm_dmirror_cmd)
#define HMM_DMIRROR_MIGRATE_TO_DEV	_IOWR('H', 0x02, struct hmm_dmirror_cmd)
#define HMM_DMIRROR_SNAPSHOT		_IOWR('H', 0x04, struct hmm_dmirror_cmd)
#define HMM_DMIRROR_EXCLUSIVE		_IOWR('H', 0x05, struct hmm_dmirror_cmd)
#define HMM_DMIRROR_CHECK_EXCLUSIVE	_IOWR('H', 0x06, struct hmm_dmirror_cmd)
/* Of what a snapshot says of a page, where it is. */
#define HMM_DMIRROR_PROT_PLACE			0xf0
#define HMM_DMIRROR_PROT_DEV_PRIVATE_LOCAL	0x20
/* And whether one entry of a PMD table is all that there is of it. */
#define HMM_DMIRROR_PROT_PMD			0x04

static bool all_are(int fd, char *start, size_t pages, unsigned char mask, unsigned char expected)
{
	unsigned char places[MOST_BYTES / 4096];
	struct hmm_dmirror_cmd cmd = {
		.addr = (uintptr_t)start, .ptr = (uintptr_t)places, .npages = pages,
	};
	size_t i;

	if (ioctl(fd, HMM_DMIRROR_SNAPSHOT, &cmd))
		case_error("HMM_DMIRROR_SNAPSHOT: %s", strerror(errno));
	for (i = 0; i < pages; i++)
		if ((places[i] & mask) != expected)
			return false;
	return true;
}

static bool are_there(int fd, char *start, size_t pages)
{
	return all_are(fd, start, pages, HMM_DMIRROR_PROT_PLACE,
		       HMM_DMIRROR_PROT_DEV_PRIVATE_LOCAL);
}

/* The driver calls it an error to find a page that is the device's alone. */
static bool are_exclusive(int fd, char *start, size_t pages)
{
	size_t i;

	for (i = 0; i < pages; i++) {
		struct hmm_dmirror_cmd cmd = {
			.addr = (uintptr_t)start + i * getpagesize(), .npages = 1,
		};

		if (!ioctl(fd, HMM_DMIRROR_CHECK_EXCLUSIVE, &cmd) || errno != EPERM)
			return false;
	}
	return true;
}

static int open_device(void)
{
	int fd = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		case_skip("no " DEVICE);
	return fd;
}

/* Returns the error that the driver gives, or 0: it does what it can, and says little of it. */
static int ask_once(int fd, unsigned long request, char *start, size_t page_size, size_t pages)
{
	/* The driver gives back what it has read. */
	static char data[MOST_BYTES];
	struct hmm_dmirror_cmd cmd = {
		.addr = (uintptr_t)start, .ptr = (uintptr_t)data, .npages = pages,
	};

	if (pages * page_size > sizeof(data))
		case_error("no more than %zu bytes at a time", sizeof(data));
	return ioctl(fd, request, &cmd) ? errno : 0;
}

/* Asks until it is so.  Returns the device. */
static int ask(unsigned long request, bool (*is_so)(int fd, char *start, size_t pages),
	       char *start, size_t page_size, size_t pages)
{
	/* It stays open: the device lets go of the address space when it is closed. */
	int fd = open_device();
	int tries, error;

	for (tries = 0; !is_so(fd, start, pages); tries++) {
		if (tries == TRIES)
			case_error("the pages do not go to " DEVICE);
		if (tries)
			usleep(1000);
		error = ask_once(fd, request, start, page_size, pages);
		if (error && error != EINTR && error != EBUSY)
			case_error(DEVICE " refuses: %s", strerror(error));
	}
	return fd;
}

void device_migrate_to(char *start, size_t page_size, size_t pages)
{
	ask(HMM_DMIRROR_MIGRATE_TO_DEV, are_there, start, page_size, pages);
}

void device_migrate_huge(char *start)
{
	size_t pages = HUGE_PAGE / getpagesize();
	int fd = ask(HMM_DMIRROR_MIGRATE_TO_DEV, are_there, start, getpagesize(), pages);

	/* dmirror_migrate_to_device(): before 6.19 it takes small pages only. */
	if (!all_are(fd, start, pages, HMM_DMIRROR_PROT_PMD, HMM_DMIRROR_PROT_PMD))
		case_skip(DEVICE " takes no huge pages");
}

void device_offer(char *start, size_t page_size, size_t pages)
{
	int fd = open_device();
	int error;

	/* The driver reads back all that it was to get: what it has not got is ENOENT. */
	do
		error = ask_once(fd, HMM_DMIRROR_MIGRATE_TO_DEV, start, page_size, pages);
	while (error == EINTR || error == EBUSY);
	if (error && error != ENOENT)
		case_error(DEVICE " refuses: %s", strerror(error));
}

void device_make_exclusive(char *start, size_t page_size, size_t pages)
{
	ask(HMM_DMIRROR_EXCLUSIVE, are_exclusive, start, page_size, pages);
}

int device_read(char *start, size_t page_size, size_t pages)
{
	char data[4096];
	int fd = open_device();
	int error = 0;
	size_t i;

	for (i = 0; i < pages && !error; i++) {
		struct hmm_dmirror_cmd cmd = {
			.addr = (uintptr_t)start + i * page_size, .ptr = (uintptr_t)data,
			.npages = 1,
		};

		error = ioctl(fd, HMM_DMIRROR_READ, &cmd) ? errno : 0;
	}
	close(fd);
	return error;
}
