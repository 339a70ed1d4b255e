/* SPDX-License-Identifier: GPL-2.0 */
/* A page that the kernel has pinned for as long as the case likes. */
#ifndef CASES_PIN_H
#define CASES_PIN_H

#include <pthread.h>

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

#endif
