// SPDX-License-Identifier: GPL-2.0
/*
 * Memory that is registered for missing pages as well: what is not there comes when
 * somebody has been asked for it, and a marker does not take the place of a page.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "device.h"
#include "mapping.h"
#include "pagemap.h"
#include "result.h"
#include "scene.h"
#include "uffd.h"

#define WRITTEN 'W'

struct operation {
	const char *name;
	const char *title;
	struct uffd_touch touch;
	bool uffd_wp;	/* afterwards */
	char data;
	/* Before anybody touches it, in anonymous memory; NULL: nothing, in any. */
	void (*disturb)(const struct mapping *mapping);
};

/* A page of a file that nobody has mapped yet: the copy begins anew once it has come in. */
static void fill_from_what_is_not_mapped(int uffd, char *page, size_t page_size)
{
	int fd = memfd_create("source", MFD_CLOEXEC);
	char *from;
	int error;

	if (fd < 0 || ftruncate(fd, page_size))
		case_error("memfd_create: %s", strerror(errno));
	from = mmap(NULL, page_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (from == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	memset(from, COPIED_DATA, page_size);
	if (madvise(from, page_size, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	error = uffd_try_copy_from(uffd, page, page_size, from, 0);
	if (error)
		case_error("UFFDIO_COPY: %s", strerror(error));
	munmap(from, page_size);
	close(fd);
}

/* migrate_vma_insert_page(): a device's page could take the place of what is missing. */
static void offer_to_device(const struct mapping *mapping)
{
	device_offer(mapping->start, mapping->page_size, mapping->pages);
}

static const struct operation operations[] = {
	{ "missing", "a read asks for each page, which comes in clean",
	  { .resolve = uffd_copy }, false, COPIED_DATA, NULL },
	{ "missing-source", "a page comes in clean whose source has to come in first",
	  { .resolve = fill_from_what_is_not_mapped }, false, COPIED_DATA, NULL },
	{ "missing-wp", "a read asks for each page, which comes in protected and traps",
	  { .resolve = uffd_copy_protected }, true, COPIED_DATA, NULL },
	{ "missing-write", "a write asks for each page, and once only",
	  { .write = true, .value = WRITTEN, .flags = UFFD_PAGEFAULT_FLAG_WRITE,
	    .resolve = uffd_copy }, false, WRITTEN, NULL },
	{ "missing-device", "no page goes to a device unasked for, and a read asks for each",
	  { .resolve = uffd_copy }, false, COPIED_DATA, offer_to_device },
};

static const enum mapping_kind kinds[] = { SHMEM, SHMEM_PRIVATE, ANON, HUGETLB, HUGETLB_PRIVATE };
static const enum form forms[] = { FORM_NONE, FORM_MARKER };

#define OPERATIONS (sizeof(operations) / sizeof(*operations))
#define KINDS (sizeof(kinds) / sizeof(*kinds))
#define FORMS (sizeof(forms) / sizeof(*forms))

struct row {
	enum mapping_kind kind;
	enum form form;
	const struct operation *operation;
};

/* Nothing is mapped, and nothing is in the file. */
static void set(struct scene *scene, const struct row *row)
{
	struct mapping mapping = mapping_create(row->kind, PAGES / 2);
	int uffd = uffd_open(scene_features(row->kind, row->form));

	*scene = (struct scene){ .mapping = mapping, .pattern = ALL, .uffd = uffd };
	mapping_empty_file(&mapping);
	uffd_register_mode(uffd, mapping.start, mapping_size(&mapping),
			   UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	if (row->form == FORM_MARKER)
		uffd_protect(uffd, mapping.start, mapping_size(&mapping));
	if (row->operation->disturb)
		row->operation->disturb(&mapping);
	scene_expect(scene, row->form, row->form == FORM_MARKER, "before any access");
}

static void run(const struct test_case *self)
{
	const struct row *row = self->row;
	const struct operation *operation = row->operation;
	bool asked[PAGES];
	struct scene scene;
	size_t i;

	set(&scene, row);
	uffd_touch_pages(scene.uffd, &operation->touch, scene.mapping.start,
			 scene.mapping.page_size, scene.mapping.pages, asked);
	for (i = 0; i < scene.mapping.pages; i++) {
		if (!asked[i])
			case_fail("page %zu came in without an event", i);
		if (*mapping_page(&scene.mapping, i) != operation->data)
			case_fail("data: page %zu holds %#x, expected %#x", i,
				  *mapping_page(&scene.mapping, i), operation->data);
	}
	scene_expect(&scene, FORM_PRESENT, operation->uffd_wp, "after the ioctl");
	scene_write(&scene, operation->uffd_wp, COPIED_DATA);
}

int main(int argc, char **argv)
{
	static struct test_case cases[KINDS * FORMS * OPERATIONS];
	static struct row rows[KINDS * FORMS * OPERATIONS];
	size_t n = 0;
	size_t i;

	for (i = 0; i < KINDS * FORMS * OPERATIONS; i++) {
		struct row *row = &rows[n];

		row->kind = kinds[i / OPERATIONS / FORMS];
		row->form = forms[i / OPERATIONS % FORMS];
		row->operation = &operations[i % OPERATIONS];
		if (row->operation->disturb && row->kind != ANON)
			continue;
		case_describe(&cases[n], mapping_name(row->kind), form_name(row->form),
			      row->operation->name, row->operation->title);
		cases[n].row = row;
		cases[n].run = run;
		n++;
	}
	return cases_main(argc, argv, cases, n);
}
