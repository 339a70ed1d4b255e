// SPDX-License-Identifier: GPL-2.0
/*
 * Does write-protection survive what happens to the page table entry?
 *
 * A table: one line a mapping, a form and an operation, and what must have
 * become of the entry afterwards.  Each line makes two cases: one writes first,
 * one reads first, because a read fault brings the page back by another way.
 */
#include <stdio.h>
#include <string.h>

#include "case.h"
#include "operations.h"
#include "reclaim.h"
#include "scene.h"

#define ZERO '\0'

struct row {
	enum mapping_kind kind;
	enum form form;
	const struct operation *operation;
	/* afterwards: */
	enum form becomes;
	bool uffd_wp;
	char data;
};

static const struct row rows[] = {
	/* A shared page is the page cache's: whatever unmaps it leaves a marker. */
	{ SHMEM, FORM_PRESENT, &nothing,		FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &madv_dontneed,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &madv_dontneed_twice,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &pageout,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &memcg_reclaim,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &punch_hole,		FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &madv_remove,		FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &truncate_and_grow,	FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &mprotect_none,		FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &populate_read,		FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &nothing,			FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &madv_dontneed,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &punch_hole,		FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MARKER, &truncate_and_grow,	FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MARKER, &mprotect_none,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &populate_read,		FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_NONE, &write_protect_unpopulated,	FORM_MARKER, true, FILE_DATA },

	/*
	 * A COWed page of a private mapping is anonymous: reclaim leaves a swap
	 * entry, and a zap of that swap entry must leave a marker.
	 */
	{ SHMEM_PRIVATE, FORM_PRESENT, &nothing,		FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &madv_dontneed,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &madv_dontneed_twice,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &pageout,		FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &memcg_reclaim,		FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &punch_hole,		FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &truncate_and_grow,	FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_PRESENT, &mprotect_none,		FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &populate_read,		FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &nothing,			FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &madv_dontneed,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &madv_dontneed_twice,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &punch_hole,		FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &truncate_and_grow,		FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_SWAP, &mprotect_none,		FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &populate_read,		FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &nothing,			FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &madv_dontneed,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &punch_hole,		FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_MARKER, &mprotect_none,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &populate_read,		FORM_PRESENT, true, FILE_DATA },

	/* Not COWed yet, a private mapping shows the page cache's page. */
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &nothing,		FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &madv_dontneed,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &pageout,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &memcg_reclaim,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &punch_hole,	FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &mprotect_none,	FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &nothing,		FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &madv_dontneed,	FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_NONE, &write_protect_unpopulated, FORM_MARKER, true, FILE_DATA },

	/* The control: anonymous memory has no file to refault from, and no marker. */
	{ ANON, FORM_PRESENT, &nothing,			FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &madv_dontneed,		FORM_NONE, false, ZERO },
	{ ANON, FORM_PRESENT, &pageout,			FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &memcg_reclaim,		FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &mprotect_none,		FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &populate_read,		FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &nothing,			FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &madv_dontneed,		FORM_NONE, false, ZERO },
	{ ANON, FORM_SWAP, &mprotect_none,		FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &populate_read,		FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_NONE, &write_protect_unpopulated,	FORM_NONE, false, ZERO },

	/* With UFFD_FEATURE_WP_UNPOPULATED anonymous memory that was never there has markers too. */
	{ ANON, FORM_MARKER, &nothing, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &madv_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_MARKER, &mprotect_none, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &mprotect_half, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &populate_read, FORM_PRESENT, true, ZERO },
	{ ANON, FORM_MARKER, &fork_without_event, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &soft_dirty, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &write_protect_again, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, ZERO },

	/* What looks at the entry, or copies it, and must leave it as it is. */
	{ SHMEM, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &migration, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &fork_without_event, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &write_protect_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &migration, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &fork_without_event, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &soft_dirty, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &mprotect_half, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &write_protect_again, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &fork_without_event, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &write_protect_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &migration, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &fork_without_event, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &write_protect_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ ANON, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &migration, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &fork_without_event, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &soft_dirty, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &mprotect_half, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &write_protect_again, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM, FORM_PRESENT, &lock, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &lock, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &read_pin, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &read_pin, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &read_pin, FORM_PRESENT, true, PRIVATE_DATA },

	/* Each form can lose its bit and get it again. */
	{ SHMEM, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &write_protect_anew, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &write_protect_anew, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ ANON, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &write_protect_anew, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &write_protect_anew, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &write_protect_anew, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &write_protect_anew, FORM_PRESENT, true, PRIVATE_DATA },

	/* Pages in swap come back with the bit that their entries had. */
	{ SHMEM_PRIVATE, FORM_SWAP, &swapoff_and_on, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &swapoff_and_on, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM, FORM_MARKER, &swapoff_and_on, FORM_MARKER, true, FILE_DATA },

	/* A device-private entry is a swap entry in form, and has the bit in the same place. */
	{ SHMEM_PRIVATE, FORM_DEVICE, &nothing, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &madv_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &punch_hole, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_DEVICE, &mprotect_none, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &mprotect_half, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &fork_without_event, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &soft_dirty, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &write_protect_again, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &nothing, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &madv_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_DEVICE, &mprotect_none, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &mprotect_half, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &fork_without_event, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &soft_dirty, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &write_protect_again, FORM_DEVICE, true, PRIVATE_DATA },

	/* A device-exclusive entry is one as well: the page is still ours, and comes back as it was. */
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &nothing, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &madv_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &madv_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &punch_hole, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &mprotect_none, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &mprotect_half, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &soft_dirty, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &write_protect_again, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &nothing, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &madv_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_EXCLUSIVE, &mprotect_none, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &mprotect_half, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &soft_dirty, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &write_protect_again, FORM_EXCLUSIVE, true, PRIVATE_DATA },

	/*
	 * A migration entry is no swap entry either, and goes the way of a present one: the
	 * migration ends after the operation, unless that has taken the entry away.
	 */
	{ SHMEM, FORM_MIGRATION, &nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &madv_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MIGRATION, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &madv_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &punch_hole, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &madv_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &truncate_and_grow, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ ANON, FORM_MIGRATION, &nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &madv_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB, FORM_MIGRATION, &nothing, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB, FORM_MIGRATION, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &mprotect_none, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },

	/* hugetlbfs keeps its markers in huge entries; truncation drops them. */
	{ HUGETLB, FORM_PRESENT, &nothing, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &mprotect_none, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &migration, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB, FORM_PRESENT, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB, FORM_MARKER, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB, FORM_MARKER, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB, FORM_MARKER, &nothing, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &mprotect_none, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &fork_without_event, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &write_protect_again, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &mprotect_none, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &fork_without_event, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &write_protect_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &madv_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &truncate_and_grow, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &nothing, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &mprotect_none, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &fork_without_event, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &write_protect_again, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_NONE, &write_protect_unpopulated, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_NONE, &write_protect_unpopulated, FORM_MARKER, true, FILE_DATA },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void disturb(struct scene *scene, const struct row *row)
{
	if (row->operation == &memcg_reclaim)
		reclaim_enter_memcg();
	scene_set(scene, row->kind, row->form, EVERY_OTHER, 0);
	if (row->operation->disturb)
		row->operation->disturb(scene);
	scene_expect(scene, row->becomes, row->uffd_wp, "after the operation");
}

static void write_first(const struct test_case *self)
{
	const struct row *row = self->row;
	struct scene scene;

	disturb(&scene, row);
	scene_write(&scene, row->uffd_wp, row->data);
}

static void read_first(const struct test_case *self)
{
	const struct row *row = self->row;
	struct scene scene;

	disturb(&scene, row);
	scene_read(&scene, row->data);
	scene_expect(&scene, FORM_PRESENT, row->uffd_wp, "after the read");
	scene_write(&scene, row->uffd_wp, row->data);
}

static void describe(struct test_case *self, const struct row *row, bool reads)
{
	const char *name = row->operation->name;
	char operation[48];
	char title[192];

	if (row->operation == &nothing)
		snprintf(operation, sizeof(operation), reads ? "read" : "write");
	else
		snprintf(operation, sizeof(operation), "%s%s", name, reads ? "-then-read" : "");
	snprintf(title, sizeof(title), "%s the entry is %s, and a %s%s", row->operation->title,
		 form_name(row->becomes), reads ? "write after a read " : "write ",
		 row->uffd_wp ? "raises an event" : "goes through");
	case_describe(self, mapping_name(row->kind), form_name(row->form), operation, title);
	self->row = row;
	self->run = reads ? read_first : write_first;
}

int main(int argc, char **argv)
{
	static struct test_case cases[2 * ROWS];
	size_t i;

	for (i = 0; i < ROWS; i++) {
		describe(&cases[2 * i], &rows[i], false);
		describe(&cases[2 * i + 1], &rows[i], true);
	}
	return cases_main(argc, argv, cases, 2 * ROWS);
}
