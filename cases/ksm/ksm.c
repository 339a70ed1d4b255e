// SPDX-License-Identifier: GPL-2.0
/* Merging of equal pages puts another page, and another entry, in their place. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "case.h"
#include "result.h"
#include "scene.h"
#include "setting.h"

#define KSM "/sys/kernel/mm/ksm/"
/* Milliseconds in which ksmd comes around twice, asked to hurry. */
#define PATIENCE 2000

static const enum mapping_kind kinds[] = { ANON, SHMEM_PRIVATE };

#define KINDS (sizeof(kinds) / sizeof(*kinds))

/* A page is only merged when it has not changed since the scan before. */
static void merge(const struct scene *scene)
{
	long old_pages, old_sleep, until;
	int ms;

	if (madvise(scene->mapping.start, mapping_size(&scene->mapping), MADV_MERGEABLE))
		case_skip("MADV_MERGEABLE: %s", strerror(errno));
	old_pages = setting_get(KSM "pages_to_scan");
	old_sleep = setting_get(KSM "sleep_millisecs");
	setting_put(KSM "pages_to_scan", 1000);
	setting_put(KSM "sleep_millisecs", 1);
	setting_put(KSM "run", 1);
	until = setting_get(KSM "full_scans") + 3;
	for (ms = 0; ms < PATIENCE && setting_get(KSM "full_scans") < until; ms++)
		usleep(1000);
	setting_put(KSM "run", 0);
	setting_put(KSM "pages_to_scan", old_pages);
	setting_put(KSM "sleep_millisecs", old_sleep);
	if (setting_get(KSM "pages_sharing") < (long)scene->mapping.pages / 2)
		case_error("could not merge");
}

static void run(const struct test_case *self)
{
	enum mapping_kind kind = *(const enum mapping_kind *)self->row;
	struct scene scene;

	scene_set(&scene, kind, FORM_PRESENT, EVERY_OTHER, 0);
	merge(&scene);
	scene_expect(&scene, FORM_PRESENT, true, "merged");
	scene_write(&scene, true, PRIVATE_DATA);
}

int main(int argc, char **argv)
{
	static struct test_case cases[KINDS];
	size_t i;

	for (i = 0; i < KINDS; i++) {
		case_describe(&cases[i], mapping_name(kinds[i]), form_name(FORM_PRESENT), "ksm",
			      "merged by KSM, pages keep their protection");
		cases[i].row = &kinds[i];
		cases[i].run = run;
	}
	return cases_main(argc, argv, cases, KINDS);
}
