// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "guest.h"

#define KSM	"/sys/kernel/mm/ksm/"
#define THP	"/sys/kernel/mm/transparent_hugepage/"
#define HUGETLB	"/sys/kernel/mm/hugepages/hugepages-2048kB/"

static const char *const files[GUEST_SETTINGS] = {
	"/proc/sys/vm/page-cluster",
	"/proc/sys/vm/max_map_count",
	HUGETLB "nr_hugepages",
	HUGETLB "free_hugepages",
	KSM "run",
	KSM "pages_to_scan",
	KSM "sleep_millisecs",
	THP "enabled",
	THP "shmem_enabled",
	THP "use_zero_page",
	THP "hugepages-64kB/enabled",
	THP "hugepages-64kB/shmem_enabled",
	THP "khugepaged/scan_sleep_millisecs",
	"/proc/swaps",
};

/* Milliseconds that a change may take to be taken back. */
#define TRIES	200

/* A file of the kernel's is read at one go, or it is not there. */
static void read_setting(const char *file, char *text)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	ssize_t n = 0;

	if (fd >= 0) {
		n = read(fd, text, GUEST_TEXT - 1);
		close(fd);
	}
	text[n < 0 ? 0 : n] = '\0';
}

/* How much is swapped out changes all the time: the first device and its size count. */
static void keep_device(char *text)
{
	char device[64] = "", size[32] = "";
	char *line = strchr(text, '\n');

	if (line)
		sscanf(line, "%63s %*s %31s", device, size);
	snprintf(text, GUEST_TEXT, "%s %s", device, size);
}

void guest_look(struct guest_settings *settings)
{
	size_t i;

	for (i = 0; i < GUEST_SETTINGS; i++)
		read_setting(files[i], settings->text[i]);
	keep_device(settings->text[GUEST_SETTINGS - 1]);
}

static const char *first_difference(const struct guest_settings *before)
{
	struct guest_settings now;
	size_t i;

	guest_look(&now);
	for (i = 0; i < GUEST_SETTINGS; i++)
		if (strcmp(now.text[i], before->text[i]))
			return files[i];
	return NULL;
}

const char *guest_changed_since(const struct guest_settings *before)
{
	const char *file = first_difference(before);
	int tries;

	/* A child that a case has left behind may be on its way out, with huge pages. */
	for (tries = 0; file && tries < TRIES; tries++) {
		usleep(1000);
		file = first_difference(before);
	}
	return file;
}
