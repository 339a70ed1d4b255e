// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "device.h"
#include "migrate.h"
#include "operations.h"
#include "pin.h"
#include "reclaim.h"
#include "result.h"
#include "swap.h"
#include "uffd.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#endif
#ifndef MADV_DONTNEED_LOCKED
#define MADV_DONTNEED_LOCKED 24
#endif

static void advise(const struct scene *scene, int advice, const char *name)
{
	if (madvise(scene->mapping.start, mapping_size(&scene->mapping), advice))
		case_error("%s: %s", name, strerror(errno));
}

static void zap(const struct scene *scene)
{
	advise(scene, MADV_DONTNEED, "MADV_DONTNEED");
}

static void zap_twice(const struct scene *scene)
{
	zap(scene);
	zap(scene);
}

static void page_out(const struct scene *scene)
{
	reclaim_pageout(scene->mapping.start, mapping_size(&scene->mapping));
}

static void reclaim_by_memcg(const struct scene *scene)
{
	reclaim_memcg(scene->mapping.start, mapping_size(&scene->mapping));
}

static void punch(const struct scene *scene)
{
	if (fallocate(scene->mapping.fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
		      mapping_size(&scene->mapping)))
		case_error("FALLOC_FL_PUNCH_HOLE: %s", strerror(errno));
}

static void remove_pages(const struct scene *scene)
{
	advise(scene, MADV_REMOVE, "MADV_REMOVE");
}

static void truncate_then_grow(const struct scene *scene)
{
	if (ftruncate(scene->mapping.fd, 0) ||
	    ftruncate(scene->mapping.fd, mapping_size(&scene->mapping)))
		case_error("ftruncate: %s", strerror(errno));
}

static void take_access_and_give_it_back(const struct scene *scene)
{
	size_t size = mapping_size(&scene->mapping);

	if (mprotect(scene->mapping.start, size, PROT_NONE) ||
	    mprotect(scene->mapping.start, size, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
}

static void populate_for_reading(const struct scene *scene)
{
	if (!madvise(scene->mapping.start, mapping_size(&scene->mapping), MADV_POPULATE_READ))
		return;
	if (errno == EINVAL)
		case_skip("no MADV_POPULATE_READ");
	case_error("MADV_POPULATE_READ: %s", strerror(errno));
}

static void zap_locked(const struct scene *scene)
{
	if (!madvise(scene->mapping.start, mapping_size(&scene->mapping), MADV_DONTNEED_LOCKED))
		return;
	if (errno == EINVAL)
		case_skip("no MADV_DONTNEED_LOCKED");
	case_error("MADV_DONTNEED_LOCKED: %s", strerror(errno));
}

static void swap_off(const struct scene *scene)
{
	swap_off_and_on();
}

static void migrate(const struct scene *scene)
{
	migrate_pages_of(scene->mapping.start, scene->mapping.page_size, scene->mapping.pages);
}

static void lift_and_protect(const struct scene *scene)
{
	uffd_unprotect(scene->uffd, scene->mapping.start, mapping_size(&scene->mapping));
	scene_protect(scene);
}

/* A page table is there because of another page. */
static void protect_beside(const struct scene *scene)
{
	*scene->mapping.start = 'B';
	scene_protect(scene);
}

/* A child that is gone again: what does its parent keep? */
static void fork_and_wait(const struct scene *scene)
{
	pid_t child = fork();

	if (!child)
		_exit(0);
	if (child < 0 || waitpid(child, NULL, 0) != child)
		case_error("fork: %s", strerror(errno));
}

/* Soft-dirty tracking write-protects and gives back in its own way. */
static void clear_soft_dirty(const struct scene *scene)
{
	int fd = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, "4", 1) != 1)
		case_error("clear_refs: %s", strerror(errno));
	close(fd);
}

static void lock_and_unlock(const struct scene *scene)
{
	size_t size = mapping_size(&scene->mapping);

	if (mlock(scene->mapping.start, size) || munlock(scene->mapping.start, size))
		case_error("mlock: %s", strerror(errno));
}

/* Half the mapping at a time, so that it is two VMAs for a while. */
static void split_and_merge(const struct scene *scene)
{
	char *start = scene->mapping.start;
	size_t half = mapping_size(&scene->mapping) / 2;

	if (mprotect(start, half, PROT_READ) || mprotect(start, half, PROT_READ | PROT_WRITE))
		case_error("mprotect: %s", strerror(errno));
}

/*
 * A read-only pin of a page that a child shares makes a copy of it, which only
 * the parent has: process_vm_readv(2) takes such a pin.
 */
static void pin_for_reading(const struct scene *scene)
{
	char bytes[PAGES];
	int error = pin_while_shared(scene->mapping.start, scene->mapping.page_size,
				     scene->mapping.pages, bytes);

	if (error)
		case_error("process_vm_readv: %s", strerror(error));
}

/* hmm_vma_handle_pte(): a device faults like a process. */
static void read_by_device(const struct scene *scene)
{
	int error = device_read(scene->mapping.start, scene->mapping.page_size,
				scene->mapping.pages);

	if (error)
		case_fail("a device can't read: %s", strerror(error));
}

static void offer_to_device(const struct scene *scene)
{
	device_offer(scene->mapping.start, scene->mapping.page_size, scene->mapping.pages);
}

/* What nobody has written is the zero page, whoever reads it. */
static void protect_zeros_and_offer(const struct scene *scene)
{
	scene_read(scene, '\0');
	scene_protect(scene);
	scene_expect(scene, FORM_PRESENT, true, "of the zero page");
	offer_to_device(scene);
	scene_read(scene, '\0');
}

const struct operation op_nothing = { "write", "with nothing in between", NULL };
const struct operation op_wp = {
	"writeprotect", "after UFFDIO_WRITEPROTECT before any access", scene_protect
};
const struct operation op_dontneed = { "madv-dontneed", "after MADV_DONTNEED", zap };
const struct operation op_dontneed_twice = {
	"madv-dontneed-twice", "after MADV_DONTNEED twice", zap_twice
};
const struct operation op_pageout = { "pageout", "after reclaim by MADV_PAGEOUT", page_out };
const struct operation op_memcg_reclaim = {
	"memcg-reclaim", "after reclaim by memory.reclaim", reclaim_by_memcg
};
const struct operation op_punch_hole = {
	"punch-hole", "after punching a hole into the file", punch
};
const struct operation op_remove = { "madv-remove", "after MADV_REMOVE", remove_pages };
const struct operation op_truncate = {
	"truncate", "after truncating the file and growing it again", truncate_then_grow
};
const struct operation op_mprotect = {
	"mprotect", "after PROT_NONE and back", take_access_and_give_it_back
};
const struct operation op_populate_read = {
	"populate-read", "after MADV_POPULATE_READ", populate_for_reading
};
const struct operation op_dontneed_locked = {
	"madv-dontneed-locked", "after MADV_DONTNEED_LOCKED", zap_locked
};
const struct operation op_swapoff = { "swapoff", "after swapoff and swapon", swap_off };
const struct operation op_migrate = { "migrate", "after move_pages to another node", migrate };
const struct operation op_fork = { "fork", "in the parent, after a fork", fork_and_wait };
const struct operation op_soft_dirty = {
	"clear-soft-dirty", "after clearing the soft-dirty bits", clear_soft_dirty
};
const struct operation op_mlock = { "mlock", "after mlock and munlock", lock_and_unlock };
const struct operation op_mprotect_half = {
	"mprotect-half", "after half of it was read-only for a while", split_and_merge
};
const struct operation op_wp_again = {
	"writeprotect-again", "after UFFDIO_WRITEPROTECT once more", scene_protect
};
const struct operation op_wp_beside = {
	"writeprotect-beside", "after UFFDIO_WRITEPROTECT before any access but to a neighbour",
	protect_beside
};
const struct operation op_wp_anew = {
	"writeprotect-anew", "after protection was lifted and set again", lift_and_protect
};
const struct operation op_read_pin = {
	"read-pin", "after a read-only pin that unshares the page", pin_for_reading
};
const struct operation op_device_read = {
	"device-read", "after a device has read it", read_by_device
};
const struct operation op_device_offer = {
	"device-offer", "after it was offered to a device", offer_to_device
};
const struct operation op_zero_device_offer = {
	"zero-device-offer", "after the zero page was protected and offered to a device",
	protect_zeros_and_offer
};
