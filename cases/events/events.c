// SPDX-License-Identifier: GPL-2.0
/*
 * Events of what zaps or unmaps: whoever has asked for them hears of the very range, and
 * what is protected becomes what it becomes where nobody has asked.
 */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>

#include "case.h"
#include "forms.h"
#include "result.h"
#include "scene.h"
#include "touch.h"
#include "uffd.h"

/* The same words tell of what is removed and of what is unmapped. */
static bool expect_event(struct uffd_awaited *awaited, uint8_t event, const struct mapping *range)
{
	const struct uffd_msg *message = uffd_awaited_event(awaited, event);
	uint64_t start = (uintptr_t)range->start;
	uint64_t end = start + mapping_size(range);

	if (!message->event)
		return false;
	if (message->arg.remove.start != start || message->arg.remove.end != end)
		case_fail("the event tells of %#llx to %#llx, expected %#llx to %#llx",
			  (unsigned long long)message->arg.remove.start,
			  (unsigned long long)message->arg.remove.end,
			  (unsigned long long)start, (unsigned long long)end);
	return true;
}

static bool remove_pages(const struct scene *scene, int advice)
{
	struct uffd_awaited awaited;

	uffd_await(&awaited, scene->uffd);
	if (madvise(scene->mapping.start, mapping_size(&scene->mapping), advice))
		case_error("madvise(%d): %s", advice, strerror(errno));
	return expect_event(&awaited, UFFD_EVENT_REMOVE, &scene->mapping);
}

static void set(struct scene *scene, const struct test_case *self, uint64_t feature)
{
	scene_set(scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER, feature);
}

/* The second time there is nothing left to remove but markers, and the event is the same. */
static void zap(const struct test_case *self)
{
	bool marker = form_of(self)->kind != ANON;
	enum form becomes = marker ? FORM_MARKER : FORM_NONE;
	struct scene scene;

	set(&scene, self, UFFD_FEATURE_EVENT_REMOVE);
	if (!remove_pages(&scene, MADV_DONTNEED))
		return;
	scene_expect(&scene, becomes, marker, "zapped");
	if (!remove_pages(&scene, MADV_DONTNEED))
		return;
	scene_expect(&scene, becomes, marker, "zapped again");
	scene_write(&scene, marker, marker ? FILE_DATA : '\0');
}

static void punch_hole(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self, UFFD_FEATURE_EVENT_REMOVE);
	if (!remove_pages(&scene, MADV_REMOVE))
		return;
	scene_expect(&scene, FORM_MARKER, true, "removed from the file");
	scene_write(&scene, true, '\0');
}

/* Pages that may be freed some day are still there, and protected. */
static void make_lazily_free(const struct test_case *self)
{
	struct scene scene;

	set(&scene, self, UFFD_FEATURE_EVENT_REMOVE);
	if (!remove_pages(&scene, MADV_FREE))
		return;
	scene_expect(&scene, FORM_PRESENT, true, "about to be freed");
	scene_write(&scene, true, PRIVATE_DATA);
}

static struct scene part_of(const struct scene *scene, size_t from, size_t to)
{
	struct scene part = *scene;

	part.mapping.start = mapping_page(&scene->mapping, from);
	part.mapping.pages = to - from;
	return part;
}

/* One half goes, and the other stays as it is; what is mapped over the former is clean. */
static void unmap_half(const struct test_case *self, bool first, bool over,
		       void (*unmap)(const struct scene *scene, const struct mapping *half))
{
	struct uffd_awaited awaited;
	struct scene scene, goes, stays;
	size_t half, pages;

	set(&scene, self, UFFD_FEATURE_EVENT_UNMAP);
	pages = scene.mapping.pages;
	half = pages / 2;
	goes = first ? part_of(&scene, 0, half) : part_of(&scene, half, pages);
	stays = first ? part_of(&scene, half, pages) : part_of(&scene, 0, half);
	uffd_await(&awaited, scene.uffd);
	unmap(&scene, &goes.mapping);
	if (!expect_event(&awaited, UFFD_EVENT_UNMAP, &goes.mapping))
		return;
	if (over) {
		scene_expect_all(&goes, false, "mapped over");
		scene_write_all_freely(&goes);
	} else if (touch(goes.mapping.start) != SIGSEGV) {
		case_fail("what is unmapped can be read");
	}
	scene_expect(&stays, form_of(self)->form, true, "beside what is unmapped");
	scene_write(&stays, true, form_data(self));
}

static void by_munmap(const struct scene *scene, const struct mapping *half)
{
	if (munmap(half->start, mapping_size(half)))
		case_error("munmap: %s", strerror(errno));
}

static void *map(void *start, size_t size, int flags)
{
	void *mapped = mmap(start, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);

	if (mapped == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return mapped;
}

static void by_mmap(const struct scene *scene, const struct mapping *half)
{
	map(half->start, mapping_size(half), MAP_FIXED);
}

static void by_mremap_onto(const struct scene *scene, const struct mapping *half)
{
	size_t size = mapping_size(half);
	void *from = map(NULL, size, 0);

	if (mremap(from, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, half->start) != half->start)
		case_error("mremap: %s", strerror(errno));
}

static void by_shrinking(const struct scene *scene, const struct mapping *half)
{
	char *start = scene->mapping.start;

	if (mremap(start, mapping_size(&scene->mapping), half->start - start, 0) != start)
		case_error("mremap: %s", strerror(errno));
}

static void unmap(const struct test_case *self)
{
	unmap_half(self, true, false, by_munmap);
}

static void map_over(const struct test_case *self)
{
	unmap_half(self, true, true, by_mmap);
}

static void move_onto(const struct test_case *self)
{
	unmap_half(self, true, true, by_mremap_onto);
}

static void shrink(const struct test_case *self)
{
	unmap_half(self, false, false, by_shrinking);
}

/* The event of a second mapping would have nobody to read it, and munmap() no end. */
static void unmap_two_mappings(const struct test_case *self)
{
	struct uffd_awaited awaited;
	struct scene scene;

	set(&scene, self, UFFD_FEATURE_EVENT_UNMAP);
	if (mprotect(scene.mapping.start, mapping_size(&scene.mapping) / 2, PROT_READ))
		case_error("mprotect: %s", strerror(errno));
	uffd_await(&awaited, scene.uffd);
	by_munmap(&scene, &scene.mapping);
	expect_event(&awaited, UFFD_EVENT_UNMAP, &scene.mapping);
}

/* vma->vm_userfaultfd_ctx: a mapping has one, and the halves are two mappings. */
static void unmap_from_two(const struct test_case *self)
{
	struct uffd_awaited first, second;
	struct scene scene;
	char *middle;
	size_t half;
	int other;

	set(&scene, self, UFFD_FEATURE_EVENT_UNMAP);
	middle = mapping_page(&scene.mapping, scene.mapping.pages / 2);
	half = mapping_size(&scene.mapping) / 2;
	other = uffd_open(UFFD_FEATURE_EVENT_UNMAP |
			  scene_features(form_of(self)->kind, form_of(self)->form));
	uffd_unregister(scene.uffd, middle, half);
	uffd_register(other, middle, half);
	uffd_await(&first, scene.uffd);
	uffd_await(&second, other);
	by_munmap(&scene, &scene.mapping);
	expect_event(&first, UFFD_EVENT_UNMAP, &scene.mapping);
	expect_event(&second, UFFD_EVENT_UNMAP, &scene.mapping);
}

/* A marker comes by a zap, whose event nobody has read yet: zap() makes one by itself. */
static bool holds_page(const struct protected_form *form)
{
	return form_is_present(form) || form->form == FORM_SWAP;
}

/* vma_is_shared_maywrite(): MADV_REMOVE is for what others see as well. */
static bool is_shared_present(const struct protected_form *form)
{
	return form_is_present(form) && (form->kind == SHMEM || form->kind == HUGETLB);
}

static const struct form_operation operations[] = {
	{ "remove-event-madv-dontneed", "MADV_DONTNEED tells its range, and leaves its markers",
	  zap, holds_page },
	{ "remove-event-madv-remove", "MADV_REMOVE tells its range, and leaves its markers",
	  punch_hole, is_shared_present },
	{ "remove-event-madv-free", "MADV_FREE tells its range, and what stays is protected",
	  make_lazily_free, form_is_present_anonymous },
	{ "unmap-event-munmap", "munmap tells its range, and what stays is protected", unmap,
	  form_is_present },
	{ "unmap-event-mmap", "what is mapped over tells its range, and is clean", map_over,
	  form_is_present },
	{ "unmap-event-mremap-onto", "what is moved over tells the range there, and is clean",
	  move_onto, form_is_present },
	{ "unmap-event-mremap-shrink", "what shrinks tells what it loses, and the rest is protected",
	  shrink, form_is_present },
	{ "unmap-event-munmap-two-mappings", "munmap of two mappings tells of both at once",
	  unmap_two_mappings, form_is_present },
	{ "unmap-event-munmap-two-watchers", "munmap tells each userfaultfd that it takes from",
	  unmap_from_two, form_is_present },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
