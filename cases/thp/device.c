// SPDX-License-Identifier: GPL-2.0
/* Where nothing is, or the zero page, a huge page can be made in a device's memory. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "device.h"
#include "pagemap.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"

static void zap_all(struct huge *huge)
{
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	huge->data = '\0';
}

void give_hole_to_device(struct huge *huge)
{
	size_t i;

	zap_all(huge);
	device_migrate_huge(huge->start);
	huge_expect_only(huge, 0, 0, "in the device");
	for (i = 0; i < HUGE_PAGE; i++) {
		if (huge->start[i]) {
			case_fail("data: a hole that went to a device is not zeros");
			break;
		}
	}
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

/* migrate_vma_insert_huge_pmd_page(): whoever is to be asked for pages is asked. */
void keep_hole_from_device(struct huge *huge)
{
	size_t i;

	zap_all(huge);
	uffd_register_mode(huge->uffd, huge->start, HUGE_PAGE,
			   UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	device_offer(huge->start, SMALL_PAGE, SMALL_PAGES);
	for (i = 0; i < SMALL_PAGES; i++) {
		enum form form = pagemap_entry(huge->start + i * SMALL_PAGE).form;

		if (form != FORM_NONE) {
			case_fail("pagemap: page %zu of a hole is %s", i, form_name(form));
			break;
		}
	}
	huge_read_missing(huge, uffd_copy);
}

/* The zero page itself does not go: zeros of the device's take its place. */
void offer_protected_zeros(struct huge *huge)
{
	huge_protect(huge);
	device_offer(huge->start, SMALL_PAGE, SMALL_PAGES);
	huge_read_all(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "offered to a device");
	huge_write_some(huge);
}
