/* SPDX-License-Identifier: GPL-2.0 */
/* userfaultfd in write-protect mode. */
#ifndef CASES_UFFD_H
#define CASES_UFFD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Opens with the features, or skips: the kernel does not offer them. */
int uffd_open(uint64_t features);
/* Registers for write-protect, or skips where the kernel refuses the mapping. */
void uffd_register(int uffd, void *start, size_t length);
void uffd_unregister(int uffd, void *start, size_t length);
void uffd_protect(int uffd, void *start, size_t length);
void uffd_unprotect(int uffd, void *start, size_t length);

/*
 * Writes @value to the first byte of each of @n pages, from a thread of its own,
 * and lifts the protection of each page that raises an event.  trapped[i] tells
 * whether page i did.  An event that is no write-protect fault fails the case.
 */
void uffd_write_pages(int uffd, char *start, size_t page_size, size_t n, char value,
		      bool *trapped);

#endif
