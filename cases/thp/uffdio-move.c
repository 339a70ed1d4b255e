// SPDX-License-Identifier: GPL-2.0
/* UFFDIO_MOVE of a huge page, which goes as one where nothing is yet. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "pagemap.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

#define ALL_FAULTS (UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP)

void move_by_ioctl(struct huge *huge)
{
	char *from = huge->start;
	char *to = mmap(huge_find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	int error;

	if (to == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	huge_watch(huge, UFFD_FEATURE_MOVE);
	uffd_register_mode(huge->uffd, to, HUGE_PAGE, ALL_FAULTS);
	huge_protect(huge);
	error = uffd_try_move(huge->uffd, to, from, HUGE_PAGE, 0);
	if (error)
		case_error("UFFDIO_MOVE: %s", strerror(error));
	huge_expect_only(huge, 0, 0, "where it was");
	huge->start = to;
	huge_expect_only(huge, 0, 0, "moved");
	/* There is nobody to resolve an event. */
	memset(to, 'W', HUGE_PAGE);
}
