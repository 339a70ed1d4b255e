// SPDX-License-Identifier: GPL-2.0
/*
 * Does write-protection survive what happens to the page table entry?
 *
 * A table: a row is a mapping, a form, an operation, and what must have become of
 * the entry afterwards.  Each row makes two cases: one writes first, one reads
 * first, because a read fault brings the page back another way.
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
	{ SHMEM, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_pageout, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_memcg_reclaim, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &op_remove, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_nothing, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MARKER, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MARKER, &op_mprotect, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_device_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_NONE, &op_wp, FORM_MARKER, true, FILE_DATA },

	/*
	 * A COWed page of a private mapping is anonymous: reclaim leaves a swap
	 * entry, and a zap of that swap entry must leave a marker.
	 */
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_pageout, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_memcg_reclaim, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_punch_hole, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_nothing, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_punch_hole, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_mprotect, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_device_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_nothing, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_mprotect, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_device_read, FORM_PRESENT, true, FILE_DATA },

	/* Not COWed yet, a private mapping shows the page cache's page. */
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_pageout, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_memcg_reclaim, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_nothing, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_NONE, &op_wp, FORM_MARKER, true, FILE_DATA },

	/* The control: anonymous memory has no file to refault from, and a zap leaves no marker. */
	{ ANON, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_PRESENT, &op_pageout, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_memcg_reclaim, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_nothing, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_SWAP, &op_mprotect, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_device_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_NONE, &op_wp, FORM_NONE, false, ZERO },
	{ ANON, FORM_NONE, &op_wp_beside, FORM_NONE, false, ZERO },
	{ ANON, FORM_NONE, &op_device_offer, FORM_DEVICE, false, ZERO },
	{ ANON, FORM_NONE, &op_zero_device_offer, FORM_PRESENT, true, ZERO },

	/* With UFFD_FEATURE_WP_UNPOPULATED, anonymous memory that was never touched has markers. */
	{ ANON, FORM_MARKER, &op_nothing, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_MARKER, &op_mprotect, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_populate_read, FORM_PRESENT, true, ZERO },
	{ ANON, FORM_MARKER, &op_device_read, FORM_PRESENT, true, ZERO },
	{ ANON, FORM_MARKER, &op_device_offer, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_fork, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_soft_dirty, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_wp_again, FORM_MARKER, true, ZERO },
	{ ANON, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, ZERO },

	/* What looks at the entry, or copies it, and must leave it as it is. */
	{ SHMEM, FORM_PRESENT, &op_fork, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_migrate, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_PRESENT, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_fork, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_wp_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_migrate, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_fork, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_soft_dirty, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_mprotect_half, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_wp_again, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_fork, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_wp_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_fork, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_migrate, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_fork, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_soft_dirty, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_wp_again, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ ANON, FORM_PRESENT, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_migrate, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_fork, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_soft_dirty, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_mprotect_half, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_wp_again, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM, FORM_PRESENT, &op_mlock, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_mlock, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_read_pin, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_PRESENT, &op_read_pin, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_read_pin, FORM_PRESENT, true, PRIVATE_DATA },

	/* Each form can lose its bit and get it again. */
	{ SHMEM, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_wp_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_SWAP, &op_wp_anew, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_wp_anew, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_wp_anew, FORM_PRESENT, true, FILE_DATA },
	{ ANON, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_wp_anew, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_wp_anew, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_wp_anew, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_wp_anew, FORM_PRESENT, true, PRIVATE_DATA },

	/* Pages in swap come back with the bit that their entries had. */
	{ SHMEM_PRIVATE, FORM_SWAP, &op_swapoff, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_SWAP, &op_swapoff, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM, FORM_MARKER, &op_swapoff, FORM_MARKER, true, FILE_DATA },

	/* A device-private entry is a swap entry in form, and has the bit in the same place. */
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_nothing, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_punch_hole, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_mprotect, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_mprotect_half, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_fork, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_soft_dirty, FORM_DEVICE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_DEVICE, &op_wp_again, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_nothing, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_DEVICE, &op_mprotect, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_mprotect_half, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_fork, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_soft_dirty, FORM_DEVICE, true, PRIVATE_DATA },
	{ ANON, FORM_DEVICE, &op_wp_again, FORM_DEVICE, true, PRIVATE_DATA },

	/* So is a device-exclusive entry: the page is still ours, and comes back as it was. */
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_nothing, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_dontneed_locked, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_punch_hole, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_memcg_reclaim, FORM_SWAP, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_mprotect, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_mprotect_half, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_soft_dirty, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_EXCLUSIVE, &op_wp_again, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_nothing, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_EXCLUSIVE, &op_memcg_reclaim, FORM_SWAP, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_mprotect, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_mprotect_half, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_soft_dirty, FORM_EXCLUSIVE, true, PRIVATE_DATA },
	{ ANON, FORM_EXCLUSIVE, &op_wp_again, FORM_EXCLUSIVE, true, PRIVATE_DATA },

	/*
	 * A migration entry has the bit there too, but goes the way of a present one: the
	 * migration ends after the operation, unless that has taken the entry away.
	 */
	{ SHMEM, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MIGRATION, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM, FORM_MIGRATION, &op_mprotect, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_fork, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_wp_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM, FORM_MIGRATION, &op_soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_punch_hole, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE, FORM_MIGRATION, &op_soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_dontneed_twice, FORM_MARKER, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_truncate, FORM_MARKER, true, ZERO },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_mprotect, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_fork, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_wp_again, FORM_PRESENT, true, FILE_DATA },
	{ SHMEM_PRIVATE_CACHE, FORM_MIGRATION, &op_soft_dirty, FORM_PRESENT, true, FILE_DATA },
	{ ANON, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_dontneed, FORM_NONE, false, ZERO },
	{ ANON, FORM_MIGRATION, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ ANON, FORM_MIGRATION, &op_soft_dirty, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_truncate, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_MIGRATION, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },

	/* hugetlbfs keeps its markers in huge entries; truncation drops them. */
	{ HUGETLB, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_fork, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_migrate, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_PRESENT, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB, FORM_PRESENT, &op_truncate, FORM_NONE, false, ZERO },
	{ HUGETLB, FORM_MARKER, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB, FORM_MARKER, &op_truncate, FORM_NONE, false, ZERO },
	{ HUGETLB, FORM_MARKER, &op_nothing, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_mprotect, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_fork, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_wp_again, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB, FORM_MARKER, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_nothing, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_mprotect, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_mprotect_half, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_populate_read, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_fork, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_wp_again, FORM_PRESENT, true, PRIVATE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_PRESENT, &op_truncate, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_dontneed, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_punch_hole, FORM_MARKER, true, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_truncate, FORM_NONE, false, ZERO },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_nothing, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_mprotect, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_mprotect_half, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_fork, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_wp_again, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_MARKER, &op_populate_read, FORM_PRESENT, true, FILE_DATA },
	{ HUGETLB, FORM_NONE, &op_wp, FORM_MARKER, true, FILE_DATA },
	{ HUGETLB_PRIVATE, FORM_NONE, &op_wp, FORM_MARKER, true, FILE_DATA },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void disturb(struct scene *scene, const struct row *row)
{
	if (row->operation == &op_memcg_reclaim)
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

	if (row->operation == &op_nothing)
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
