// SPDX-License-Identifier: GPL-2.0
/* A file: what is made a huge page of it through one mapping, others may have registered. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#include "collapse.h"
#include "kernel-version.h"
#include "pagemap.h"
#include "result.h"
#include "uffd.h"

void collapse_markers(struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
	collapse(huge->start);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
}

/* Every page is mapped, by an entry of its own. */
void collapse_all_protected(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	if (madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("MADV_HUGEPAGE: %s", strerror(errno));
	collapse(huge->start);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
	huge_write_some(huge);
}

/* As long as it was registered, small entries mapped what is one page in the file. */
void collapse_unregistered(struct huge *huge)
{
	huge_protect(huge);
	huge_read_all(huge);
	uffd_unregister(huge->uffd, huge->start, HUGE_PAGE);
	if (huge_is_mapped(huge->start, true))
		case_error("could not get small entries");
	collapse_must(huge->start, true);
	huge_expect_only(huge, 0, 0, "after MADV_COLLAPSE");
	/* There is nobody to resolve an event. */
	memset(huge->start, 'W', HUGE_PAGE);
}

/* Nobody has asked for huge pages there: khugepaged would make them, whenever it comes by. */
static char *map_elsewhere(const struct huge *huge)
{
	char *start = mmap(huge_find_place(), HUGE_PAGE, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_FIXED, huge->fd, 0);

	if (start == MAP_FAILED)
		case_error("mapping the file once more: %s", strerror(errno));
	return start;
}

/* The markers are in a page table that a collapse of the file would like to free. */
static void leave_markers(const struct huge *huge)
{
	uffd_protect(huge->uffd, huge->start, HUGE_PAGE);
	if (madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("MADV_DONTNEED: %s", strerror(errno));
}

/* Whatever MADV_COLLAPSE says of one mapping: whoever maps the file now gets a huge page. */
static void confirm_collapse(const struct huge *huge)
{
	char *start = map_elsewhere(huge);

	(void)*(volatile char *)start;
	if (!huge_is_mapped(start, true))
		case_error("could not collapse");
}

void collapse_here(struct huge *huge)
{
	leave_markers(huge);
	/* Without it MADV_COLLAPSE does not even look at what was to have no huge pages. */
	if (madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("MADV_HUGEPAGE: %s", strerror(errno));
	collapse(huge->start);
	confirm_collapse(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE");
}

/* What has a page table of its own: before 6.6 only that is collapsed at once. */
static char *map_and_read_elsewhere(const struct huge *huge)
{
	char *start = map_elsewhere(huge);

	(void)*(volatile char *)start;
	if (huge_is_mapped(start, true))
		case_error("there is a huge page before MADV_COLLAPSE");
	return start;
}

void collapse_elsewhere(struct huge *huge)
{
	leave_markers(huge);
	collapse_must(map_and_read_elsewhere(huge), true);
	confirm_collapse(huge);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE of another mapping");
}

/* retract_page_tables(): nothing is in its page table that would have to be kept. */
void collapse_bystander(struct huge *huge)
{
	char *bystander;

	if (kernel_is_before(6, 6))
		case_skip("khugepaged sees to other mappings than the one that is collapsed");
	leave_markers(huge);
	bystander = map_and_read_elsewhere(huge);
	collapse_must(map_and_read_elsewhere(huge), true);
	(void)*(volatile char *)bystander;
	if (!huge_is_mapped(bystander, true))
		case_fail("small entries map the huge page where nobody has registered it");
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE of another mapping");
}

/* Neither the file nor any mapping has the page ONE; what is registered has a marker. */
static char *punch_hole(const struct huge *huge)
{
	char *elsewhere;

	leave_markers(huge);
	if (fallocate(huge->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, ONE * SMALL_PAGE,
		      SMALL_PAGE))
		case_error("FALLOC_FL_PUNCH_HOLE: %s", strerror(errno));
	elsewhere = map_elsewhere(huge);
	/* So far from it that a fault does not map what is around it. */
	(void)*(volatile char *)(elsewhere + OTHER * SMALL_PAGE);
	return elsewhere;
}

static bool is_in_file(char *page)
{
	unsigned char resident;

	if (mincore(page, SMALL_PAGE, &resident))
		case_error("mincore: %s", strerror(errno));
	return resident & 1;
}

void collapse_file_hole(struct huge *huge)
{
	char *elsewhere = punch_hole(huge);
	const char *page = elsewhere + ONE * SMALL_PAGE;

	collapse_must(elsewhere, true);
	if (*page || page[SMALL_PAGE] != huge->data)
		case_fail("data: what was a hole is not zeros, or its neighbour not what it was");
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE of another mapping");
}

/* collapse_file(): what is in the file comes into a mapping without an event. */
void collapse_file_hole_missing(struct huge *huge)
{
	char *elsewhere;

	uffd_register_mode(huge->uffd, huge->start, HUGE_PAGE,
			   UFFDIO_REGISTER_MODE_MISSING | UFFDIO_REGISTER_MODE_WP);
	elsewhere = punch_hole(huge);
	/* By which error it is refused differs from kernel to kernel. */
	if (!collapse(elsewhere))
		case_fail("MADV_COLLAPSE refuses nothing");
	if (is_in_file(elsewhere + ONE * SMALL_PAGE))
		case_fail("MADV_COLLAPSE fills a hole in the file");
	huge_read_missing(huge, uffd_copy_protected);
	huge_expect_only(huge, 0, SMALL_PAGES, "after MADV_COLLAPSE of another mapping");
}
