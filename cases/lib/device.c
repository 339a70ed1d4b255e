// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "device.h"
#include "result.h"

#define DEVICE "/dev/hmm_dmirror0"
#define MOST_BYTES (64 * 1024)
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

#define HMM_DMIRROR_MIGRATE_TO_DEV	_IOWR('H', 0x02, struct hmm_dmirror_cmd)
#define HMM_DMIRROR_SNAPSHOT		_IOWR('H', 0x04, struct hmm_dmirror_cmd)
/* Of what a snapshot says of a page, where it is. */
#define HMM_DMIRROR_PROT_PLACE			0xf0
#define HMM_DMIRROR_PROT_DEV_PRIVATE_LOCAL	0x20

static bool all_there(int fd, char *start, size_t pages)
{
	unsigned char places[MOST_BYTES / 4096];
	struct hmm_dmirror_cmd cmd = {
		.addr = (uintptr_t)start, .ptr = (uintptr_t)places, .npages = pages,
	};
	size_t i;

	if (ioctl(fd, HMM_DMIRROR_SNAPSHOT, &cmd))
		case_error("HMM_DMIRROR_SNAPSHOT: %s", strerror(errno));
	for (i = 0; i < pages; i++)
		if ((places[i] & HMM_DMIRROR_PROT_PLACE) != HMM_DMIRROR_PROT_DEV_PRIVATE_LOCAL)
			return false;
	return true;
}

void device_migrate_to(char *start, size_t page_size, size_t pages)
{
	/* The driver gives back what it has read. */
	static char data[MOST_BYTES];
	struct hmm_dmirror_cmd cmd = {
		.addr = (uintptr_t)start, .ptr = (uintptr_t)data, .npages = pages,
	};
	int tries;
	int fd;

	if (pages * page_size > sizeof(data))
		case_error("no more than %zu bytes at a time", sizeof(data));
	/* It stays open: the device lets go of the address space when it is closed. */
	fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		case_skip("no " DEVICE);
	for (tries = 0; tries < TRIES; tries++) {
		if (ioctl(fd, HMM_DMIRROR_MIGRATE_TO_DEV, &cmd) && errno != EINTR && errno != EBUSY)
			case_error("HMM_DMIRROR_MIGRATE_TO_DEV: %s", strerror(errno));
		if (all_there(fd, start, pages))
			return;
		usleep(1000);
	}
	case_error("could not migrate to the device");
}
