// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "pin.h"
#include "result.h"
#include "uffd.h"

static void *read_through_gate(void *arg)
{
	struct pin *pin = arg;
	struct iovec from = { pin->page, 1 };
	struct iovec to = { pin->gate, 1 };

	if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != 1)
		case_error("process_vm_readv: %s", strerror(errno));
	return NULL;
}

void pin_take(struct pin *pin, char *page)
{
	struct pollfd fd;
	struct uffd_msg message;

	pin->page = page;
	pin->gate = mmap(NULL, getpagesize(), PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pin->gate == MAP_FAILED)
		case_error("mmap: %s", strerror(errno));
	pin->uffd = uffd_open(0);
	uffd_register_mode(pin->uffd, pin->gate, getpagesize(), UFFDIO_REGISTER_MODE_MISSING);
	if (pthread_create(&pin->thread, NULL, read_through_gate, pin))
		case_error("pthread_create failed");
	fd = (struct pollfd) { pin->uffd, POLLIN, 0 };
	if (poll(&fd, 1, -1) != 1 || read(pin->uffd, &message, sizeof(message)) != sizeof(message))
		case_error("could not wait at the gate: %s", strerror(errno));
}

void pin_release(struct pin *pin)
{
	int error = uffd_try_zeropage(pin->uffd, pin->gate, getpagesize());

	if (error)
		case_error("UFFDIO_ZEROPAGE: %s", strerror(error));
	pthread_join(pin->thread, NULL);
	close(pin->uffd);
}

int pin_while_shared(char *start, size_t page_size, size_t pages, char *bytes)
{
	pid_t child = child_fork();
	int error = 0;
	size_t i;

	if (!child) {
		pause();
		_exit(0);
	}
	for (i = 0; i < pages && !error; i++) {
		struct iovec to = { bytes + i, 1 };
		struct iovec from = { start + i * page_size, 1 };

		if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != 1)
			error = errno;
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	return error;
}
