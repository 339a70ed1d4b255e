// SPDX-License-Identifier: GPL-2.0
/* Of what can't be a huge page khugepaged makes large folios (mTHP), where they are enabled. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collapse.h"
#include "large.h"
#include "pagemap.h"
#include "result.h"
#include "setting.h"
#include "uffd.h"

#define THP "/sys/kernel/mm/transparent_hugepage/"
#define SLEEP THP "khugepaged/scan_sleep_millisecs"
#define SCANS THP "khugepaged/full_scans"
/* Documentation/admin-guide/mm/transhuge.rst: there since khugepaged makes them. */
#define STATS THP "hugepages-64kB/stats/collapse_exceed_none_pte"
/* Milliseconds, far apart from the time in which a case must end. */
#define HURRY 10
#define PATIENCE 1000

/* The pages that are there: two times what one large folio has, of which the rest are holes. */
#define FIRST LARGE_PAGES
#define END (3 * LARGE_PAGES)

/* Documentation/admin-guide/mm/pagemap.rst */
#define PM_PFN(raw) ((raw) & ((1ULL << 55) - 1))
#define KPF_COMPOUND_HEAD (1ULL << 15)
#define KPF_COMPOUND_TAIL (1ULL << 16)

static uint64_t flags_of(const char *page)
{
	uint64_t pfn = PM_PFN(pagemap_raw(page));
	int fd = open("/proc/kpageflags", O_RDONLY | O_CLOEXEC);
	uint64_t flags;

	if (fd < 0 || pread(fd, &flags, sizeof(flags), pfn * sizeof(flags)) != sizeof(flags))
		case_error("/proc/kpageflags: %s", strerror(errno));
	close(fd);
	return flags;
}

/* From one page of a large folio to the next: a small page is neither. */
static bool is_large(const struct huge *huge, size_t page)
{
	const char *start = huge->start + page * SMALL_PAGE;

	return pagemap_entry(start).form == FORM_PRESENT && flags_of(start) & KPF_COMPOUND_HEAD &&
	       flags_of(start + LARGE - SMALL_PAGE) & KPF_COMPOUND_TAIL;
}

static bool are_large(const struct huge *huge)
{
	size_t page;

	for (page = FIRST; page < END; page += LARGE_PAGES)
		if (!is_large(huge, page))
			return false;
	return true;
}

/* khugepaged leaves a fault's large folios as they are: small pages are what it is about. */
static void populate_small(struct huge *huge)
{
	if (access(STATS, F_OK))
		case_skip("khugepaged makes no large folios: no " STATS);
	if (madvise(huge->start, HUGE_PAGE, MADV_NOHUGEPAGE) ||
	    madvise(huge->start, HUGE_PAGE, MADV_DONTNEED))
		case_error("madvise: %s", strerror(errno));
	memset(huge->start + FIRST * SMALL_PAGE, huge->data, (END - FIRST) * SMALL_PAGE);
	if (is_large(huge, FIRST))
		case_error("could not get small pages");
	if (madvise(huge->start, HUGE_PAGE, MADV_HUGEPAGE))
		case_error("MADV_HUGEPAGE: %s", strerror(errno));
}

/* Lets khugepaged look at it until it @is_done; returns whether it is. */
static bool let_scan(const struct huge *huge,
		     bool (*is_done)(const struct huge *huge, long scans))
{
	long sleep = setting_get(SLEEP);
	long before = setting_get(SCANS);
	bool done = false;
	int waited;

	large_begin(ANON);
	setting_put(SLEEP, HURRY);
	for (waited = 0; !done && waited < PATIENCE; waited += HURRY) {
		usleep(HURRY * 1000);
		done = is_done(huge, setting_get(SCANS) - before);
	}
	setting_put(SLEEP, sleep);
	large_end();
	return done;
}

static void expect_data(const struct huge *huge)
{
	size_t page;

	for (page = 0; page < SMALL_PAGES; page++) {
		const char *start = huge->start + page * SMALL_PAGE;
		bool there = FIRST <= page && page < END;
		enum form form = pagemap_entry(start).form;

		if (form != (there ? FORM_PRESENT : FORM_NONE)) {
			case_fail("pagemap: page %zu is %s after khugepaged", page,
				  form_name(form));
			return;
		}
		if (there && start[1] != huge->data) {
			case_fail("data: page %zu is not what it was", page);
			return;
		}
	}
}

static bool all_are_large(const struct huge *huge, long scans)
{
	return are_large(huge);
}

void collapse_large(struct huge *huge)
{
	bool done;

	populate_small(huge);
	done = let_scan(huge, all_are_large);
	/* What has been lost on the way is worse than what has not been done. */
	expect_data(huge);
	if (!done)
		case_error("khugepaged makes no large folios");
	huge_expect_only(huge, 0, 0, "in large folios");
	/* There is nobody to resolve an event. */
	memset(huge->start + FIRST * SMALL_PAGE, 'W', (END - FIRST) * SMALL_PAGE);
}

/* The first may be the end of one that had begun before. */
static bool has_been_seen(const struct huge *huge, long scans)
{
	return scans >= 2;
}

/* collapse_scan_pmd(): one protected page keeps all around it from that. */
void collapse_large_protected(struct huge *huge)
{
	size_t page = FIRST + ONE;

	populate_small(huge);
	uffd_protect(huge->uffd, huge->start + page * SMALL_PAGE, SMALL_PAGE);
	if (!let_scan(huge, has_been_seen))
		case_error("khugepaged does not come by");
	expect_data(huge);
	if (is_large(huge, FIRST))
		case_fail("a protected page is in a large folio");
	huge_expect_only(huge, page, page + 1, "after khugepaged");
	huge_write_around(huge, page, page + 1);
}
