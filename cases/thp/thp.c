// SPDX-License-Identifier: GPL-2.0
/*
 * Huge pages mapped by one entry: protecting a part splits it, and neither loses
 * protection nor gives it to a neighbour.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "child.h"
#include "device.h"
#include "force.h"
#include "migrate.h"
#include "pagemap.h"
#include "pin.h"
#include "reclaim.h"
#include "result.h"
#include "thp.h"
#include "uffd.h"
#include "waiter.h"

static void protect_one(struct huge *huge)
{
	huge_send_away(huge);
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	huge_expect_only(huge, ONE, ONE + 1, "protected");
	huge_write_around(huge, ONE, ONE + 1);
}

static void protect_all(struct huge *huge)
{
	bool trapped[SMALL_PAGES];
	size_t silent = 0;
	size_t i;

	huge_send_away(huge);
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	/* change_pmd_range(): only what needs markers is split for it. */
	if (!huge->shared && huge->form == HUGE && !huge_is_mapped(huge->start, false))
		case_fail("protecting all of a huge page splits it");
	huge_expect_only(huge, 0, SMALL_PAGES, "protected");
	uffd_write_pages(huge->uffd, huge->start, SMALL_PAGE, SMALL_PAGES, 'W', trapped);
	for (i = 0; i < SMALL_PAGES; i++)
		silent += !trapped[i];
	if (silent)
		case_fail("write: %zu of %zu pages raise no event", silent, SMALL_PAGES);
	huge_expect_only(huge, 0, 0, "resolved");
}

static void zap_part(struct huge *huge)
{
	huge_protect(huge);
	if (madvise(huge->start + OTHER * SMALL_PAGE, 4 * SMALL_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	if (huge->shared) {
		huge_expect_only(huge, 0, SMALL_PAGES, "zapped");
	} else {
		huge_expect(huge, OTHER - 1, true, "before what was zapped");
		huge_expect(huge, OTHER, false, "zapped");
		huge_expect(huge, OTHER + 4, true, "after what was zapped");
	}
}

static void unprotect_part(struct huge *huge)
{
	huge_protect(huge);
	uffd_unprotect(huge->uffd, huge->start + OTHER * SMALL_PAGE, 4 * SMALL_PAGE);
	huge_expect(huge, OTHER - 1, true, "before what is unprotected");
	huge_expect(huge, OTHER, false, "unprotected");
	huge_expect(huge, OTHER + 3, false, "unprotected");
	huge_expect(huge, OTHER + 4, true, "after what is unprotected");
}

static void unprotect_all(struct huge *huge)
{
	huge_protect(huge);
	uffd_unprotect(huge->uffd, huge->start, HUGE_PAGE);
	huge_expect_only(huge, 0, 0, "unprotected");
	memset(huge->start, 'W', HUGE_PAGE);
}

/* Nobody has asked to hear of moves: what arrives is clean, and nobody watches it. */
static void move(struct huge *huge)
{
	char *place = huge_find_place();

	huge_protect(huge);
	huge->start = mremap(huge->start, HUGE_PAGE, HUGE_PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
			     place);
	if (huge->start == MAP_FAILED)
		case_error("mremap: %s", strerror(errno));
	huge_expect_only(huge, 0, 0, "moved");
	memset(huge->start, 'W', HUGE_PAGE);
}

static void fork_clean_child(struct huge *huge)
{
	pid_t child = child_fork();

	if (!child) {
		huge_expect_only(huge, 0, 0, "in the child");
		memset(huge->start, 'C', HUGE_PAGE);
		child_exit();
	}
	child_wait(child);
}

static void fork_child(struct huge *huge)
{
	huge_protect(huge);
	fork_clean_child(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "in the parent");
}

/* The page is still one, and migrates as one, but small entries map it. */
static void fork_child_of_small_entries(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	migrate_hold(huge->start + ONE * SMALL_PAGE);
	fork_clean_child(huge);
	huge_expect_only(huge, ONE, ONE + 1, "in the parent");
	huge_write_around(huge, ONE, ONE + 1);
}

/* mm/huge_memory.c: split_huge_pages_write() */
static void split_by_debugfs(const struct huge *huge)
{
	int fd = open("/sys/kernel/debug/split_huge_pages", O_WRONLY | O_CLOEXEC);
	unsigned long start = (unsigned long)huge->start;

	if (fd < 0)
		case_skip("no split_huge_pages in debugfs: %s", strerror(errno));
	if (dprintf(fd, "%d,%#lx,%#lx", getpid(), start, start + HUGE_PAGE) < 0)
		case_error("split_huge_pages: %s", strerror(errno));
	close(fd);
	if (huge_is_mapped(huge->start, huge->shared))
		case_error("could not split");
}

static void split(struct huge *huge)
{
	huge_protect(huge);
	split_by_debugfs(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "split");
	huge_write_around(huge, 0, SMALL_PAGES);
}

/* try_to_map_unused_to_zeropage(): pages of zeros need no memory of their own. */
static void split_zeros(struct huge *huge)
{
	huge->data = '\0';
	memset(huge->start, huge->data, HUGE_PAGE);
	split(huge);
}

/* Small entries of what is still one page in the file: folio_unmap_pte_batch() */
static void page_out_small_entries(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	reclaim_pageout(huge->start, HUGE_PAGE);
	huge_expect_only(huge, 0, SMALL_PAGES, "reclaimed");
	huge_write_some(huge);
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

static void write_by_debugger(struct huge *huge)
{
	if (!force_read_only(huge, true))
		case_fail("the kernel wrote through the protection");
	huge_expect_only(huge, 0, SMALL_PAGES, "after the refused write");
}

/* can_follow_write_pmd(): what nothing protects is written by force. */
static void write_unprotected_by_debugger(struct huge *huge)
{
	const char *page = huge->start + ONE * SMALL_PAGE;
	int error = force_read_only(huge, false);

	if (error)
		case_fail("%s, and nothing protects the page", strerror(error));
	else if (page[0] != 'W' || page[1] != huge->data)
		case_fail("data: page %d is not what it was, and what was written", ONE);
}

/* can_change_pmd_writable(): what is protected gets no write access back. */
static void take_access_and_give_it_back(struct huge *huge)
{
	huge_protect(huge);
	if (mprotect(huge->start, HUGE_PAGE, PROT_NONE) ||
	    mprotect(huge->start, HUGE_PAGE, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	huge_expect_only(huge, 0, SMALL_PAGES, "after PROT_NONE and back");
	huge_write_some(huge);
}

/* Nor does what is not protected become so. */
static void take_access_of_unprotected(struct huge *huge)
{
	huge_send_away(huge);
	if (mprotect(huge->start, HUGE_PAGE, PROT_READ) ||
	    mprotect(huge->start, HUGE_PAGE, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
	huge_expect_only(huge, 0, 0, "after PROT_READ and back");
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

/* wp_huge_pmd(): a copy for a pin is no write, and nobody is asked. */
static void pin_for_reading(struct huge *huge)
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

static void bring_back(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "read");
	huge_write_some(huge);
}

/* wp_huge_pmd(): as long as all of it is resolved at once, nothing needs small entries. */
static void wait_for_all(struct huge *huge)
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

/*
 * Before 6.15 page_make_device_exclusive_one() takes every small entry of the huge page, and
 * of them only the one that is asked for need be writable.
 */
static void make_neighbour_exclusive(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start + ONE * SMALL_PAGE, SMALL_PAGE);
	device_make_exclusive(huge->start, SMALL_PAGE, 1);
	huge_expect_only(huge, ONE, ONE + 1, "where a device has a page for itself");
	huge_write_around(huge, ONE, ONE + 1);
}

/* pagemap_pmd_range() tells of each small page what holds for the entry that is one for all. */
static void expect_each(const struct huge *huge, uint64_t bits)
{
	size_t i;

	for (i = 0; i < SMALL_PAGES; i++) {
		uint64_t raw = pagemap_raw(huge->start + i * SMALL_PAGE);

		if ((raw & (PM_PRESENT | PM_SWAP | PM_UFFD_WP)) == bits)
			continue;
		case_fail("page %zu: bits %#llx while it is away", i, (unsigned long long)raw);
		return;
	}
}

static void show_each(struct huge *huge)
{
	huge_protect(huge);
	expect_each(huge, PM_SWAP | PM_UFFD_WP);
}

static void show_each_unprotected(struct huge *huge)
{
	huge_send_away(huge);
	expect_each(huge, PM_SWAP);
}

#define MPROTECT "after PROT_NONE and back all are protected, and trap"
#define MPROTECT_UNPROTECTED "what is not protected is not after PROT_READ and back"
#define FORK_EVENT "with EVENT_FORK a child inherits protection, and traps"
#define REMAP_EVENT "with EVENT_REMAP protection moves along"
#define ASYNC "with WP_ASYNC a write clears the bit of its page alone"
#define SCAN "PAGEMAP_SCAN takes nothing protected for written"
#define SCAN_PROTECT "PM_SCAN_WP_MATCHING protects all, until each page is written"
#define SCAN_PROTECT_ONE "PM_SCAN_WP_MATCHING of one page protects just that"
#define UFFDIO_MOVED "what UFFDIO_MOVE moves arrives clean"

static const struct huge_row rows[] = {
	{ true, HUGE, "protect-one", "protecting one page protects just that", protect_one },
	{ false, HUGE, "protect-one", "protecting one page protects just that", protect_one },
	{ true, HUGE, "protect-all", "protecting all, each page raises its event", protect_all },
	{ false, HUGE, "protect-all", "protecting all, each page raises its event", protect_all },
	{ true, HUGE, "madv-dontneed-part", "zapping a part leaves markers in it", zap_part },
	{ false, HUGE, "madv-dontneed-part", "zapping a part leaves the rest protected", zap_part },
	{ true, HUGE, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ false, HUGE, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ true, HUGE, "unprotect-all", "unprotecting all, no page is left protected",
	  unprotect_all },
	{ false, HUGE, "unprotect-all", "unprotecting all, no page is left protected",
	  unprotect_all },
	{ true, HUGE, "mremap", "what is moved arrives clean", move },
	{ false, HUGE, "mremap", "what is moved arrives clean", move },
	{ true, HUGE, "fork-child", "a child is clean, its parent stays protected", fork_child },
	{ false, HUGE, "fork-child", "a child is clean, its parent stays protected", fork_child },
	{ true, HUGE, "split", "small pages are protected as the huge one was", split },
	{ false, HUGE, "split", "small pages are protected as the huge one was", split },
	{ true, HUGE, "pageout", "reclaim of all leaves each page protected",
	  page_out_small_entries },
	{ false, HUGE, "pageout", "reclaim of all leaves each page protected",
	  page_out_small_entries },
	{ false, HUGE, "split-zeros", "small pages of zeros are protected as the huge one was",
	  split_zeros },
	{ false, HUGE, "mprotect", MPROTECT, take_access_and_give_it_back },
	{ false, HUGE, "mprotect-unprotected", MPROTECT_UNPROTECTED,
	  take_access_of_unprotected },
	{ false, HUGE, "read-pin", "after a read-only pin that unshares a page all are protected",
	  pin_for_reading },
	{ true, HUGE, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ false, HUGE, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ true, HUGE, "mremap-event", REMAP_EVENT, move_watched },
	{ false, HUGE, "mremap-event", REMAP_EVENT, move_watched },
	{ true, HUGE, "async-write", ASYNC, write_asynchronously },
	{ false, HUGE, "async-write", ASYNC, write_asynchronously },
	{ true, HUGE, "scan-written", SCAN, scan_protected },
	{ false, HUGE, "scan-written", SCAN, scan_protected },
	{ true, HUGE, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ false, HUGE, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ true, HUGE, "scan-protect-one", SCAN_PROTECT_ONE, scan_and_protect_one },
	{ false, HUGE, "scan-protect-one", SCAN_PROTECT_ONE, scan_and_protect_one },
	{ false, HUGE, "uffdio-move", UFFDIO_MOVED, move_by_ioctl },
	{ false, HUGE, "debugger", "no write of a debugger to read-only memory goes through",
	  write_by_debugger },
	{ false, HUGE, "debugger-unprotected",
	  "a debugger's write to read-only memory that is unprotected succeeds",
	  write_unprotected_by_debugger },
	{ false, HUGE, "write-wait", "a write that waits for all of it splits nothing",
	  wait_for_all },
	{ false, HUGE, "exclusive-beside",
	  "where small entries map it, a device that gets one of them leaves the rest protected",
	  make_neighbour_exclusive },

	{ false, HUGE_ZERO, "protect-one", "protecting one page protects just that", protect_one },
	{ false, HUGE_ZERO, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_ZERO, "madv-dontneed-part", "zapping a part leaves the rest protected",
	  zap_part },
	{ false, HUGE_ZERO, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ false, HUGE_ZERO, "mprotect", MPROTECT, take_access_and_give_it_back },
	{ false, HUGE_ZERO, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ false, HUGE_ZERO, "mremap-event", REMAP_EVENT, move_watched },
	{ false, HUGE_ZERO, "async-write", ASYNC, write_asynchronously },
	{ false, HUGE_ZERO, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ false, HUGE_ZERO, "uffdio-move", UFFDIO_MOVED, move_by_ioctl },

	{ true, HUGE_MIGRATION, "protect-one", "protecting one page protects just that",
	  protect_one },
	{ false, HUGE_MIGRATION, "protect-one", "protecting one page protects just that",
	  protect_one },
	{ true, HUGE_MIGRATION, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_MIGRATION, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_MIGRATION, "madv-dontneed-part", "zapping a part leaves the rest protected",
	  zap_part },
	{ false, HUGE_MIGRATION, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ false, HUGE_MIGRATION, "unprotect-all", "unprotecting all, no page is left protected",
	  unprotect_all },
	{ false, HUGE_MIGRATION, "mremap", "what is moved arrives clean", move },
	{ false, HUGE_MIGRATION, "fork-child", "a child is clean, its parent stays protected",
	  fork_child },
	{ false, HUGE_MIGRATION, "mprotect", MPROTECT, take_access_and_give_it_back },
	{ false, HUGE_MIGRATION, "mprotect-unprotected", MPROTECT_UNPROTECTED,
	  take_access_of_unprotected },
	{ false, HUGE_MIGRATION, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ false, HUGE_MIGRATION, "mremap-event", REMAP_EVENT, move_watched },
	{ false, HUGE_MIGRATION, "async-write", ASYNC, write_asynchronously },
	{ false, HUGE_MIGRATION, "scan-written", SCAN, scan_protected },
	{ false, HUGE_MIGRATION, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ false, HUGE_MIGRATION, "scan-protect-one", SCAN_PROTECT_ONE, scan_and_protect_one },
	{ false, HUGE_MIGRATION, "fork-child-small",
	  "a child is clean, its parent stays protected, where small entries map the page",
	  fork_child_of_small_entries },
	{ false, HUGE_MIGRATION, "pagemap", "each page has bits 62 and 57", show_each },
	{ false, HUGE_MIGRATION, "pagemap-unprotected", "each page has bit 62, and not 57",
	  show_each_unprotected },

	/* One entry stands for a huge page in a device's memory. */
	{ false, HUGE_DEVICE, "protect-one", "protecting one page protects just that",
	  protect_one },
	{ false, HUGE_DEVICE, "protect-all", "protecting all, each page raises its event",
	  protect_all },
	{ false, HUGE_DEVICE, "madv-dontneed-part", "zapping a part leaves the rest protected",
	  zap_part },
	{ false, HUGE_DEVICE, "unprotect-part", "unprotecting a part leaves the rest protected",
	  unprotect_part },
	{ false, HUGE_DEVICE, "unprotect-all", "unprotecting all, no page is left protected",
	  unprotect_all },
	{ false, HUGE_DEVICE, "read", "brought back by a read, all are protected, and trap",
	  bring_back },
	{ false, HUGE_DEVICE, "mremap", "what is moved arrives clean", move },
	{ false, HUGE_DEVICE, "fork-child", "a child is clean, its parent stays protected",
	  fork_child },
	{ false, HUGE_DEVICE, "mprotect", MPROTECT, take_access_and_give_it_back },
	{ false, HUGE_DEVICE, "mprotect-unprotected", MPROTECT_UNPROTECTED,
	  take_access_of_unprotected },
	{ false, HUGE_DEVICE, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ false, HUGE_DEVICE, "mremap-event", REMAP_EVENT, move_watched },
	{ false, HUGE_DEVICE, "async-write", ASYNC, write_asynchronously },
	{ false, HUGE_DEVICE, "scan-written", SCAN, scan_protected },
	{ false, HUGE_DEVICE, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ false, HUGE_DEVICE, "scan-protect-one", SCAN_PROTECT_ONE, scan_and_protect_one },
	{ false, HUGE_DEVICE, "pagemap", "each page has bits 62 and 57", show_each },
	{ false, HUGE_DEVICE, "pagemap-unprotected", "each page has bit 62, and not 57",
	  show_each_unprotected },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

int main(int argc, char **argv)
{
	return huge_main(argc, argv, rows, ROWS);
}
