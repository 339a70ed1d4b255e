/* SPDX-License-Identifier: GPL-2.0 */
/* userfaultfd in write-protect mode. */
#ifndef CASES_UFFD_H
#define CASES_UFFD_H

#include <linux/userfaultfd.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* include/uapi/linux/userfaultfd.h, as far as it is younger than some build hosts' headers. */
#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM (1 << 12)
#endif
#ifndef UFFD_FEATURE_WP_UNPOPULATED
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif
#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif
#ifndef UFFD_FEATURE_POISON
#define UFFD_FEATURE_POISON (1 << 14)
#endif
#ifndef UFFDIO_POISON
struct uffdio_poison {
	struct uffdio_range range;
	__u64 mode;
	__s64 updated;
};
#define UFFDIO_POISON _IOWR(UFFDIO, 0x08, struct uffdio_poison)
#endif
#ifndef UFFDIO_CONTINUE_MODE_WP
#define UFFDIO_CONTINUE_MODE_WP (1 << 1)
#endif
#ifndef UFFD_FEATURE_MOVE
#define UFFD_FEATURE_MOVE (1 << 16)
#endif
#ifndef UFFDIO_MOVE
struct uffdio_move {
	__u64 dst;
	__u64 src;
	__u64 len;
	__u64 mode;
	__s64 move;
};
#define UFFDIO_MOVE _IOWR(UFFDIO, 0x05, struct uffdio_move)
#define UFFDIO_MOVE_MODE_ALLOW_SRC_HOLES (1 << 1)
#endif

/* Whether the kernel has markers at all: CONFIG_PTE_MARKER_UFFD_WP. */
bool uffd_has_markers(void);
/* Opens with the features, or skips: the kernel does not offer them. */
int uffd_open(uint64_t features);
/* The same, for faults in user mode only: a system call that would fault there gets EFAULT. */
int uffd_open_user_mode(uint64_t features);
/* Asks for the features, of one that has come another way, or skips. */
void uffd_ask(int uffd, uint64_t features);
/* Registers for write-protect, or skips where the kernel refuses the mapping. */
void uffd_register(int uffd, void *start, size_t length);
/* The same, for the kinds of fault that @mode says: UFFDIO_REGISTER_MODE_... */
void uffd_register_mode(int uffd, void *start, size_t length, uint64_t mode);
/* Returns the error that the kernel gives, or 0 and in @ioctls what the range takes from now on. */
int uffd_try_register(int uffd, void *start, size_t length, uint64_t mode, uint64_t *ioctls);
void uffd_unregister(int uffd, void *start, size_t length);
void uffd_protect(int uffd, void *start, size_t length);
/* Returns the error that the kernel gives, or 0. */
int uffd_try_protect(int uffd, void *start, size_t length);
/* The same with a mode of the caller's: UFFDIO_WRITEPROTECT_MODE_... */
int uffd_try_writeprotect(int uffd, void *start, size_t length, uint64_t mode);
void uffd_unprotect(int uffd, void *start, size_t length);
void uffd_wake(int uffd, void *start, size_t length);
/*
 * Fills a page with @data, maps what the file holds, or fills it with zeros: the error that
 * the kernel gives, or 0.
 */
int uffd_try_copy(int uffd, void *page, size_t page_size, char data, uint64_t mode);
/* The same of what is at @from. */
int uffd_try_copy_from(int uffd, void *page, size_t page_size, const char *from, uint64_t mode);
int uffd_try_continue(int uffd, void *page, size_t page_size, uint64_t mode);
int uffd_try_zeropage(int uffd, void *page, size_t page_size);
/* Fills a page with COPIED_DATA, which is protected if so said, or ends the case. */
#define COPIED_DATA 'C'
void uffd_copy(int uffd, char *page, size_t page_size);
void uffd_copy_protected(int uffd, char *page, size_t page_size);
/* Maps what the file holds, or ends the case. */
void uffd_continue(int uffd, char *page, size_t page_size);
/* Makes every access to the page raise SIGBUS, with UFFD_FEATURE_POISON. */
void uffd_poison(int uffd, void *page, size_t page_size);

/* How each of some pages is touched, and what comes of the events that this raises. */
struct uffd_touch {
	bool write;	/* or it is only read */
	char value;	/* that is written */
	uint64_t flags;	/* of every event, and no other: UFFD_PAGEFAULT_FLAG_... */
	void (*resolve)(int uffd, char *page, size_t page_size);
};

/*
 * Touches each of @n pages from a thread of its own.  asked[i] tells whether page i
 * raised an event.  One that has other flags, or an address where no page begins, fails the case.
 */
void uffd_touch_pages(int uffd, const struct uffd_touch *touch, char *start, size_t page_size,
		      size_t n, bool *asked);

/*
 * UFFDIO_MOVE, with UFFD_FEATURE_MOVE and a mode of UFFDIO_MOVE_MODE_...; returns the error
 * that the kernel gives, or 0.
 */
int uffd_try_move(int uffd, void *to, void *from, size_t length, uint64_t mode);

/*
 * Lifts the protection of each page that raises an event, until @done, an eventfd,
 * tells that whoever writes them is through.  trapped[i] tells whether page i did.
 * An event that is no write-protect fault fails the case.
 */
void uffd_resolve(int uffd, int done, char *start, size_t page_size, size_t n, bool *trapped);

/*
 * Waits in a thread for the event, not a fault, that the next system call raises:
 * it blocks until somebody has read the event.
 */
struct uffd_awaited {
	int uffd;
	int returned;	/* an eventfd */
	struct uffd_msg message;
	pthread_t thread;
};
void uffd_await(struct uffd_awaited *awaited, int uffd);
/*
 * The event, which must be of the kind, once the system call has returned.  One that has
 * raised none fails the case, and gets an event of kind 0.
 */
const struct uffd_msg *uffd_awaited_event(struct uffd_awaited *awaited, uint8_t event);

/*
 * Writes @value to the last and to the first byte of each of @n pages, from a thread of
 * its own, and lifts the protection of each page that raises an event.  trapped[i] tells
 * whether page i did.  An event that is no write-protect fault fails the case.
 */
void uffd_write_pages(int uffd, char *start, size_t page_size, size_t n, char value,
		      bool *trapped);

#endif
