// SPDX-License-Identifier: GPL-2.0
/* Who reads and writes a huge page: mprotect(2), a debugger, a pin, a waiting writer. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "force.h"
#include "pin.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"
#include "waiter.h"

/* can_change_pmd_writable(): what is protected gets no write access back. */
void take_access_and_give_it_back(struct huge *huge)
{
	huge_protect(huge);
	if (mprotect(huge->start, HUGE_PAGE, PROT_NONE) ||
	    mprotect(huge->start, HUGE_PAGE, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	huge_expect_only(huge, 0, SMALL_PAGES, "after PROT_NONE and back");
	huge_write_some(huge);
}

/* Nor does what is not protected become so. */
void take_access_of_unprotected(struct huge *huge)
{
	huge_send_away(huge);
	if (mprotect(huge->start, HUGE_PAGE, PROT_READ) ||
	    mprotect(huge->start, HUGE_PAGE, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	huge_expect_only(huge, 0, 0, "after PROT_READ and back");
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

/* Returns the error that a debugger gets which writes a page of read-only memory. */
static int force_read_only(struct huge *huge, bool is_protected)
{
	struct force force;
	int error;

	/* A page that is shared with another process is not written by force. */
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTFORK))
		case_error("MADV_DONTFORK: %s", strerror(errno));
	force_begin(&force);
	/* With UFFD_FEATURE_SIGBUS nobody waits for an event: the write fails. */
	huge_watch(huge, UFFD_FEATURE_SIGBUS);
	huge_protect(huge);
	if (!is_protected)
		uffd_unprotect(huge->uffd, huge->start, HUGE_PAGE);
	if (mprotect(huge->start, HUGE_PAGE, PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	error = force_write(&force, huge->start + ONE * SMALL_PAGE);
	force_end(&force);
	return error;
}

void write_by_debugger(struct huge *huge)
{
	if (!force_read_only(huge, true))
		case_fail("the kernel wrote through the protection");
	huge_expect_only(huge, 0, SMALL_PAGES, "after the refused write");
}

/* can_follow_write_pmd(): what nothing protects is written by force. */
void write_unprotected_by_debugger(struct huge *huge)
{
	const char *page = huge->start + ONE * SMALL_PAGE;
	int error = force_read_only(huge, false);

	if (error)
		case_fail("%s, and nothing protects the page", strerror(error));
	else if (page[0] != 'W' || page[1] != huge->data)
		case_fail("data: page %d is not what it was, and what was written", ONE);
}

/* wp_huge_pmd(): a copy for a pin is no write, and nobody is asked. */
void pin_for_reading(struct huge *huge)
{
	char byte;
	int error;

	huge_protect(huge);
	error = pin_while_shared(huge->start + ONE * SMALL_PAGE, SMALL_PAGE, 1, &byte);
	if (error || byte != huge->data)
		case_fail("process_vm_readv: %s, %#x", strerror(error), (unsigned char)byte);
	huge_expect_only(huge, 0, SMALL_PAGES, "after a read-only pin");
	huge_write_some(huge);
}

void bring_back(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "read");
	huge_write_some(huge);
}

/* wp_huge_pmd(): as long as all of it is resolved at once, nothing needs small entries. */
void wait_for_all(struct huge *huge)
{
	struct waiter waiter;

	huge_protect(huge);
	waiter_start(&waiter, huge->uffd, huge->start + ONE * SMALL_PAGE);
	if (!huge_is_mapped(huge->start, false))
		case_fail("the event of one page splits the huge one");
	uffd_unprotect(huge->uffd, huge->start, HUGE_PAGE);
	waiter_expect_end(&waiter);
	if (!huge_is_mapped(huge->start, false))
		case_fail("the write of one page splits the huge one");
	huge_expect_only(huge, 0, 0, "written");
}
