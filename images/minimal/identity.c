// SPDX-License-Identifier: GPL-2.0
/* The proof of which kernel this is: its build id, configuration and features. */
#include <elf.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "guest.h"

#define ALIGN4(x) (((x) + 3u) & ~3u)

static void print_hex(FILE *out, const unsigned char *data, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		fprintf(out, "%02x", data[i]);
}

/* The GNU build id is one note of several in /sys/kernel/notes. */
static void print_build_id(FILE *out)
{
	unsigned char notes[8192];
	ssize_t size = read_file("/sys/kernel/notes", notes, sizeof(notes));
	ssize_t at = 0;

	while (size > 0 && at + (ssize_t)sizeof(Elf64_Nhdr) <= size) {
		const Elf64_Nhdr *note = (const void *)(notes + at);
		ssize_t name = at + sizeof(*note);
		ssize_t desc = name + ALIGN4(note->n_namesz);

		at = desc + ALIGN4(note->n_descsz);
		if (at > size)
			break;
		if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 &&
		    !memcmp(notes + name, "GNU", 4)) {
			print_hex(out, notes + desc, note->n_descsz);
			return;
		}
	}
}

/* The features that UFFDIO_API offers; 0 where there is no userfaultfd. */
static unsigned long long uffd_features(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0)
		return 0;
	if (ioctl(fd, UFFDIO_API, &api))
		api.features = 0;
	close(fd);
	return api.features;
}

static void say_config(FILE *control)
{
	static unsigned char config[512 * 1024];
	ssize_t size = read_file("/proc/config.gz", config, sizeof(config));

	fprintf(control, "config ");
	if (size > 0)
		print_hex(control, config, size);
	fprintf(control, "\n");
}

void say_hello(FILE *control)
{
	struct utsname name;

	uname(&name);
	say_config(control);
	fprintf(control, "hello %d release=%s build-id=", PROTOCOL_VERSION, name.release);
	print_build_id(control);
	fprintf(control, " features=%llx cpus=%ld\n", uffd_features(),
		sysconf(_SC_NPROCESSORS_ONLN));
	fflush(control);
}
