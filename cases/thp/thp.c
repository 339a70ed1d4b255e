// SPDX-License-Identifier: GPL-2.0
/*
 * Huge pages mapped by one entry: protecting a part splits it, and neither loses
 * protection nor gives it to a neighbour.
 */
#include "thp.h"

#define MPROTECT "after PROT_NONE and back all are protected, and trap"
#define MPROTECT_UNPROTECTED "what is not protected is not after PROT_READ and back"
#define FORK_EVENT "with EVENT_FORK a child inherits protection, and traps"
#define REMAP_EVENT "with EVENT_REMAP protection moves along"
#define FORK_UNPROTECTED "a fork protects nothing that was not"
#define FORK_SMALL "where small entries map it a child is clean, its parent stays protected"
#define FORK_EVENT_SMALL "where small entries map it a watched child inherits protection, and traps"
#define MOVE_SMALL "a small entry of it that is moved arrives clean"
#define REMAP_EVENT_SMALL "a small entry of it that is moved with EVENT_REMAP stays protected"
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
	{ false, HUGE, "fork-child-unprotected", FORK_UNPROTECTED,
	  fork_child_of_unprotected },
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
	{ false, HUGE, "device-hole", "a hole that goes to a device is not protected",
	  give_hole_to_device },
	{ false, HUGE, "device-hole-missing",
	  "no page goes to a device unasked for where missing ones are asked for",
	  keep_hole_from_device },

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
	{ false, HUGE_ZERO, "device-offer", "offered to a device, each page raises its event",
	  offer_protected_zeros },

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
	{ false, HUGE_MIGRATION, "fork-child-unprotected", FORK_UNPROTECTED,
	  fork_child_of_unprotected },
	{ false, HUGE_MIGRATION, "mprotect", MPROTECT, take_access_and_give_it_back },
	{ false, HUGE_MIGRATION, "mprotect-unprotected", MPROTECT_UNPROTECTED,
	  take_access_of_unprotected },
	{ false, HUGE_MIGRATION, "fork-event-child", FORK_EVENT, fork_watched_child },
	{ false, HUGE_MIGRATION, "mremap-event", REMAP_EVENT, move_watched },
	{ false, HUGE_MIGRATION, "async-write", ASYNC, write_asynchronously },
	{ false, HUGE_MIGRATION, "scan-written", SCAN, scan_protected },
	{ false, HUGE_MIGRATION, "scan-protect", SCAN_PROTECT, scan_and_protect },
	{ false, HUGE_MIGRATION, "scan-protect-one", SCAN_PROTECT_ONE, scan_and_protect_one },
	{ false, HUGE_MIGRATION, "pagemap", "each page has bits 62 and 57", show_each },
	{ false, HUGE_MIGRATION, "pagemap-unprotected", "each page has bit 62, and not 57",
	  show_each_unprotected },

	/* The page is still one, and migrates as one, but small entries map it. */
	{ true, HUGE_MIGRATION, "fork-child-small", FORK_SMALL, fork_child_of_small_entries },
	{ false, HUGE_MIGRATION, "fork-child-small", FORK_SMALL, fork_child_of_small_entries },
	{ true, HUGE_MIGRATION, "fork-event-child-small", FORK_EVENT_SMALL,
	  fork_watched_child_of_small_entries },
	{ false, HUGE_MIGRATION, "fork-event-child-small", FORK_EVENT_SMALL,
	  fork_watched_child_of_small_entries },
	{ true, HUGE_MIGRATION, "mremap-small", MOVE_SMALL, move_small_entry },
	{ false, HUGE_MIGRATION, "mremap-small", MOVE_SMALL, move_small_entry },
	{ true, HUGE_MIGRATION, "mremap-event-small", REMAP_EVENT_SMALL,
	  move_small_entry_watched },
	{ false, HUGE_MIGRATION, "mremap-event-small", REMAP_EVENT_SMALL,
	  move_small_entry_watched },

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
	{ false, HUGE_DEVICE, "fork-child-unprotected", FORK_UNPROTECTED,
	  fork_child_of_unprotected },
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
