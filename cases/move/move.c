// SPDX-License-Identifier: GPL-2.0
/*
 * mremap(2): without EVENT_REMAP the moved range is no longer registered, and no
 * bit and no marker may go with it; with the event everything does.  UFFDIO_MOVE
 * takes the page alone, to where protection has to be asked for anew.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "forms.h"
#include "migrate.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

/* Somewhere else, at the alignment that huge pages need. */
static char *find_room(size_t size)
{
	char *room = mmap(NULL, size + HUGE_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	return (char *)(((uintptr_t)room + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1));
}

static void move(struct scene *scene)
{
	size_t size = mapping_size(&scene->mapping);
	char *to = find_room(size);

	if (mremap(scene->mapping.start, size, size, MREMAP_MAYMOVE | MREMAP_FIXED, to) != to)
		case_error("mremap: %s", strerror(errno));
	migrate_confirm(to - scene->mapping.start);
	scene->mapping.start = to;
}

static void expect_clean_where_it_was(const struct scene *scene, char *start)
{
	size_t page_size = scene->mapping.page_size;
	size_t i;

	if (mmap(start, mapping_size(&scene->mapping), PROT_READ | PROT_WRITE,
		 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != start)
		case_error("mmap where it was: %s", strerror(errno));
	for (i = 0; i < scene->mapping.pages; i++) {
		struct entry entry = pagemap_entry(start + i * page_size);

		if (entry.uffd_wp || entry.form != FORM_NONE)
			case_fail("pagemap: the move left %s%s behind", form_name(entry.form),
				  entry.uffd_wp ? "+wp" : "");
	}
}

static void without_event(const struct test_case *self)
{
	struct scene scene;
	char *start;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	start = scene.mapping.start;
	move(&scene);
	scene_expect_all(&scene, false, "moved");
	scene_write_all_freely(&scene);
	scene_expect_all(&scene, false, "moved and written");
	expect_clean_where_it_was(&scene, start);
}

static void register_where_it_is(const struct test_case *self)
{
	struct scene scene;
	int other, error;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, ALL, 0);
	other = uffd_open(scene_features(form_of(self)->kind, form_of(self)->form));
	move(&scene);
	error = uffd_try_protect(scene.uffd, scene.mapping.start, mapping_size(&scene.mapping));
	case_expect_error("UFFDIO_WRITEPROTECT", error, ENOENT);
	scene_expect_registrable(&scene, other);
}

static void expect_told(const char *what, uint64_t told, uint64_t expected)
{
	if (told != expected)
		case_fail("the event's %s is %#llx, expected %#llx", what,
			  (unsigned long long)told, (unsigned long long)expected);
}

static void expect_move(const struct uffd_msg *message, const struct scene *scene, char *from)
{
	expect_told("from", message->arg.remap.from, (uintptr_t)from);
	expect_told("to", message->arg.remap.to, (uintptr_t)scene->mapping.start);
	expect_told("len", message->arg.remap.len, mapping_size(&scene->mapping));
}

static void with_event(const struct test_case *self)
{
	struct uffd_awaited awaited;
	struct scene scene;
	char *start;

	scene_set(&scene, form_of(self)->kind, form_of(self)->form, EVERY_OTHER,
		  UFFD_FEATURE_EVENT_REMAP);
	start = scene.mapping.start;
	uffd_await(&awaited, scene.uffd);
	move(&scene);
	expect_move(uffd_awaited_event(&awaited, UFFD_EVENT_REMAP), &scene, start);
	scene_expect(&scene, form_of(self)->form, true, "moved");
	scene_write(&scene, true, form_data(self));
	expect_clean_where_it_was(&scene, start);
}

/* move_pages_ptes(): what has a page or will have one again is moved, and nothing else. */
static bool moves_by_ioctl(enum form form)
{
	return form == FORM_PRESENT || form == FORM_SWAP || form == FORM_MIGRATION;
}

static void expect_arrival(struct scene *scene, struct mapping *to)
{
	size_t size = mapping_size(to);

	scene_expect_all(scene, false, "where it was");
	scene->mapping = *to;
	scene_expect_all(scene, false, "moved");
	/* Protected by nobody: whoever asks for events from now on gets none. */
	uffd_register_mode(scene->uffd, to->start, size,
			   UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	scene_write(scene, false, PRIVATE_DATA);
}

static void by_ioctl(const struct test_case *self)
{
	enum form form = form_of(self)->form;
	int expected = moves_by_ioctl(form) ? 0 : EFAULT;
	struct scene scene;
	struct mapping to;
	size_t i;

	scene_set(&scene, ANON, form, ALL, UFFD_FEATURE_MOVE);
	to = mapping_create(ANON, scene.mapping.pages);
	uffd_register_mode(scene.uffd, to.start, mapping_size(&to), UFFDIO_REGISTER_MODE_MISSING);
	for (i = 0; i < to.pages; i++) {
		int error = uffd_try_move(scene.uffd, mapping_page(&to, i),
					  mapping_page(&scene.mapping, i), to.page_size, 0);

		if (error != expected)
			case_fail("UFFDIO_MOVE of page %zu: %s, expected %s", i, strerror(error),
				  strerror(expected));
	}
	if (expected)
		scene_expect(&scene, form, true, "not moved");
	else
		expect_arrival(&scene, &to);
}

/* What is not there is moved when that is asked for: then it is not where it goes to either. */
static void hole_by_ioctl(const struct test_case *self)
{
	struct scene scene;
	struct mapping to;
	char *hole;
	size_t size;

	scene_set(&scene, ANON, form_of(self)->form, EVERY_OTHER, UFFD_FEATURE_MOVE);
	size = scene.mapping.page_size;
	hole = mapping_page(&scene.mapping, UNPROTECTED);
	if (madvise(hole, size, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	to = mapping_create(ANON, 1);
	uffd_register_mode(scene.uffd, to.start, size, UFFDIO_REGISTER_MODE_MISSING);
	case_expect_error("UFFDIO_MOVE of a hole",
			  uffd_try_move(scene.uffd, to.start, hole, size, 0), ENOENT);
	case_expect_error("UFFDIO_MOVE with MODE_ALLOW_SRC_HOLES",
			  uffd_try_move(scene.uffd, to.start, hole, size,
					UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES),
			  0);
	if (pagemap_entry(to.start).form != FORM_NONE)
		case_fail("pagemap: something is where a hole has been moved to");
	scene_expect(&scene, form_of(self)->form, true, "after UFFDIO_MOVE of a neighbour");
}

/* shmem's pages and hugetlb's are not for it. */
static bool is_anonymous(const struct protected_form *form)
{
	return form->kind == ANON;
}

static const struct form_operation operations[] = {
	{ "mremap", "what is moved without an event is clean and writes freely", without_event,
	  form_outlasts_rmap_locks },
	{ "mremap-then-register", "what is moved without an event another userfaultfd can register",
	  register_where_it_is, form_is_present },
	{ "mremap-event", "with EVENT_REMAP protection moves along", with_event,
	  form_outlasts_rmap_locks },
	{ "uffdio-move-hole",
	  "UFFDIO_MOVE moves a hole when asked to, and its neighbours stay protected",
	  hole_by_ioctl, form_is_present_anonymous },
	{ "uffdio-move", "what UFFDIO_MOVE moves arrives clean, and a marker stays", by_ioctl,
	  is_anonymous },
};

#define OPERATIONS (sizeof(operations) / sizeof(*operations))

int main(int argc, char **argv)
{
	return forms_main(argc, argv, operations, OPERATIONS);
}
