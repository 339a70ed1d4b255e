// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "operations.h"
#include "reclaim.h"
#include "result.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
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

const struct operation nothing = { "write", "with nothing in between", NULL };
const struct operation write_protect_unpopulated = {
	"writeprotect", "after UFFDIO_WRITEPROTECT before any access", scene_protect
};
const struct operation madv_dontneed = { "madv-dontneed", "after MADV_DONTNEED", zap };
const struct operation madv_dontneed_twice = {
	"madv-dontneed-twice", "after MADV_DONTNEED twice", zap_twice
};
const struct operation pageout = { "pageout", "after reclaim by MADV_PAGEOUT", page_out };
const struct operation memcg_reclaim = {
	"memcg-reclaim", "after reclaim by memory.reclaim", reclaim_by_memcg
};
const struct operation punch_hole = { "punch-hole", "after punching a hole into the file", punch };
const struct operation madv_remove = { "madv-remove", "after MADV_REMOVE", remove_pages };
const struct operation truncate_and_grow = {
	"truncate", "after truncating the file and growing it again", truncate_then_grow
};
const struct operation mprotect_none = {
	"mprotect", "after PROT_NONE and back", take_access_and_give_it_back
};
const struct operation populate_read = {
	"populate-read", "after MADV_POPULATE_READ", populate_for_reading
};
