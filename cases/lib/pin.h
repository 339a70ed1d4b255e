/* SPDX-License-Identifier: GPL-2.0 */
/* A page that the kernel has pinned for as long as the case likes. */
#ifndef CASES_PIN_H
#define CASES_PIN_H

#include <pthread.h>
#include <stddef.h>

struct pin {
	char *page;
	char *gate;	/* where what is read goes to, once it is there */
	int uffd;	/* that decides when */
	pthread_t thread;
};

/*
 * process_vm_readv(2) pins the page and copies it to another that is not there
 * yet: until somebody brings that one in, the pin stays.
 */
void pin_take(struct pin *pin, char *page);
void pin_release(struct pin *pin);

/*
 * Pins each page for reading while a child shares it, and lets go of it again: the
 * kernel makes a copy first that only we have.  @bytes gets what each page begins
 * with.  Returns the error that the kernel gives, or 0.
 */
int pin_while_shared(char *start, size_t page_size, size_t pages, char *bytes);

#endif
