// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "large.h"
#include "result.h"

/* Documentation/admin-guide/mm/transhuge.rst */
#define LARGE_SETTINGS "/sys/kernel/mm/transparent_hugepage/hugepages-64kB/"

static const char *file;
static char before[64];

static void put(const char *word)
{
	int fd = open(file, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, word, strlen(word)) < 0)
		case_error("%s: %s", file, strerror(errno));
	close(fd);
}

/* The file shows all that can be chosen, and the choice in brackets. */
static void remember(void)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	char text[128] = "";
	char *word, *end;

	if (fd < 0)
		case_skip("no large folios: %s: %s", file, strerror(errno));
	if (read(fd, text, sizeof(text) - 1) <= 0)
		case_error("%s: %s", file, strerror(errno));
	close(fd);
	word = strchr(text, '[');
	end = word ? strchr(word, ']') : NULL;
	if (!end)
		case_error("%s: nothing is chosen", file);
	*end = '\0';
	snprintf(before, sizeof(before), "%s", word + 1);
}

struct mapping large_map(enum mapping_kind kind)
{
	struct mapping mapping = mapping_create_at(kind, LARGE_PAGES, mapping_find_room(LARGE),
						   LARGE);

	mapping_empty_file(&mapping);
	if (madvise(mapping.start, LARGE, MADV_HUGEPAGE))
		case_skip("MADV_HUGEPAGE: %s", strerror(errno));
	return mapping;
}

void large_begin(enum mapping_kind kind)
{
	file = kind == ANON ? LARGE_SETTINGS "enabled" : LARGE_SETTINGS "shmem_enabled";
	remember();
	put(kind == ANON ? "madvise" : "advise");
}

void large_end(void)
{
	put(before);
}
