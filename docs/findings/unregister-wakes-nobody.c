// SPDX-License-Identifier: GPL-2.0
/* gcc -static -pthread -o unregister unregister-wakes-nobody.c; run as root. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void *write_to(void *page)
{
	*(volatile char *)page = 1;
	return NULL;
}

int main(void)
{
	char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	int uffd = syscall(SYS_userfaultfd, O_NONBLOCK);
	struct uffdio_api api = { .api = UFFD_API, .features = UFFD_FEATURE_PAGEFAULT_FLAG_WP };
	struct uffdio_register reg = { { (uintptr_t)p, 4096 }, UFFDIO_REGISTER_MODE_WP, 0 };
	struct uffdio_writeprotect wp = { { (uintptr_t)p, 4096 }, UFFDIO_WRITEPROTECT_MODE_WP };
	struct pollfd ready = { .fd = uffd, .events = POLLIN };
	pthread_t writer;

	if (ioctl(uffd, UFFDIO_API, &api) || ioctl(uffd, UFFDIO_REGISTER, &reg) ||
	    ioctl(uffd, UFFDIO_WRITEPROTECT, &wp) || pthread_create(&writer, NULL, write_to, p))
		return perror("setup"), 1;
	poll(&ready, 1, -1);
	/* The kernel may still be about to put the writer to sleep. */
	sleep(1);
	if (ioctl(uffd, UFFDIO_UNREGISTER, &reg.range))
		return perror("UFFDIO_UNREGISTER"), 1;
	/* Death by SIGALRM is the bug. */
	alarm(3);
	pthread_join(writer, NULL);
	puts("the writer goes on");
	return 0;
}
