// SPDX-License-Identifier: GPL-2.0
/* What a guest may say to its host. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "fault.h"

/* All bytes, among them NUL, newlines, and what looks like the start of a frame. */
static void write_noise(const char *path)
{
	unsigned char noise[4096];
	int fd = open(path, O_WRONLY);
	size_t i;

	for (i = 0; i < sizeof(noise); i++)
		noise[i] = i * 7 + (i >> 8) * 31;
	if (write(fd, noise, 900) < 0)
		printf("# %s takes no noise\n", path);
	close(fd);
}

void write_without_end(void)
{
	static const char line[] = "# and another line, and another line, and another line\n";

	for (;;)
		fwrite(line, 1, sizeof(line) - 1, stdout);
}

void write_garbage(void)
{
	write_noise("/proc/self/fd/1");
	printf("\n3 100000\nend 3 exit=0 ms=1 timeout=0 bytes=0\n");
	fflush(stdout);
	write_noise("/dev/kmsg");
	write_noise("/dev/ttyS0");
	write_into("/dev/ttyS0", "\n");
}

void write_half_lines(void)
{
	printf("# half a li");
	fflush(stdout);
	write_into("/dev/kmsg", "half a line");
	write_into("/dev/ttyS0", "and half a line on the con");
	usleep(100000);
	printf("ne\n");
	fflush(stdout);
}

/* The runner's end of a port: the virtio console gives it to nobody a second time. */
static int steal_port(int nth)
{
	int runner = syscall(SYS_pidfd_open, 1, 0);
	char path[64], target[64];
	int fd, found = 0;

	for (fd = 3; fd < 64; fd++) {
		ssize_t n;

		snprintf(path, sizeof(path), "/proc/1/fd/%d", fd);
		n = readlink(path, target, sizeof(target) - 1);
		target[n < 0 ? 0 : n] = '\0';
		if (!strncmp(target, "/dev/vport", 10) && found++ == nth)
			return syscall(SYS_pidfd_getfd, runner, fd, 0);
	}
	printf("# no port number %d\n", nth);
	return -1;
}

void answer_for_others(void)
{
	int control = steal_port(0);
	int seq;

	for (seq = 1; seq < 100; seq++)
		dprintf(control, "begin %d\nend %d exit=0 ms=1 timeout=0 bytes=0\n", seq, seq);
	sleep(1);
}

void garble_the_control(void)
{
	int control = steal_port(0);

	dprintf(control, "\x01\x02\xff\xfe no such message\nand half a line");
	dprintf(steal_port(1), "no frame at all\n\x01\x02\xff 7 7 7");
}

void print_hostile_names(void)
{
	printf("# ../../../../etc/passwd $(touch /tmp/pwned) `id` ' \" \\ <script>alert(1)</script>\n");
	printf("# \033[31mred\033[0m \033]0;title\007 &amp; ]]> %%s %%n ::error::x\n");
	write_into("/dev/kmsg", "<4>Kernel panic - not syncing: <script>alert(2)</script> "
				"$(touch /tmp/pwned) ../../x '\"\033[31m");
	printf("not ok 1 fault/hostile-names # \"'<img src=x onerror=alert(3)>\033[31m\n");
	exit(1);
}
