// SPDX-License-Identifier: GPL-2.0
/*
 * Process 1 of a guest: prepares the machine, proves which kernel it runs on,
 * and then does what the host says, one case at a time.  The same program boots
 * as /init of an initramfs and as /bin/sh of a root over 9p, which virtme-ng
 * starts with a script that we have no need for.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <unistd.h>

#include "guest.h"

/* A kernel that finds no console starts us without any file open. */
static void open_standard_files(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	close(fd);
}

/* Whatever a case does with the processor, its limit is looked at; its own tasks run as usual. */
static void stay_responsive(void)
{
	struct sched_param first = { .sched_priority = 1 };

	sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &first);
}

static void power_off(void)
{
	sync();
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}

static void serve(FILE *commands, FILE *control, int output)
{
	struct command command;
	char line[4096];

	while (fgets(line, sizeof(line), commands)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strcmp(line, "power-off"))
			return;
		if (!strncmp(line, "mutant ", 7) && !choose_mutant(line + 7))
			continue;
		if (parse_run(line, &command))
			fprintf(control, "refused %s\n", line);
		else
			run_case(&command, control, output);
		fflush(control);
	}
}

int main(void)
{
	FILE *commands;
	FILE *control;
	int output;
	int fd;

	mount_file_systems();
	open_standard_files();
	load_modules("/modules.list");
	write_file("/proc/self/oom_score_adj", "-1000");
	if (has_shell()) {
		set_up_machine();
		run_shell();
		power_off();
	}
	fd = open_port("uffdwp.control");
	output = open_port("uffdwp.output");
	if (fd < 0 || output < 0) {
		kmsg("no ports: control %d, output %d", fd, output);
		power_off();
	}
	commands = fdopen(fd, "r");
	control = fdopen(dup(fd), "w");
	set_up_machine();
	stay_responsive();
	/* What the log says before this is the boot's. */
	kmsg("end 0");
	say_hello(control);
	serve(commands, control, output);
	power_off();
	return 0;
}
