/* SPDX-License-Identifier: GPL-2.0 */
/* The guest's side of a session: what init is made of. */
#ifndef UFFDWP_GUEST_H
#define UFFDWP_GUEST_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#define PROTOCOL_VERSION 1

/* mounts.c */
void mount_file_systems(void);

/* modules.c: for kernels that have their virtio drivers as modules */
void load_modules(const char *list);

/* machine.c: swap, huge pages and knobs, as the cases expect to find them */
void set_up_machine(void);

/* ports.c: virtio-serial ports by the names that QEMU gave them */
int open_port(const char *name);

/* kmsg.c: lines of ours in the kernel log */
void kmsg(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* identity.c: the proof of which kernel this is */
void say_hello(FILE *control);

/* command.c */
struct command {
	unsigned int seq;
	unsigned int limit_ms;
	char *argv[64];
};

/* Returns 0, or -1 for a line that is no "run" command. Cuts @line up. */
int parse_run(char *line, struct command *command);

/* mutant.c: kernels that have planted faults */
struct mutant_report {
	char text[16384];	/* the active one's number, "" in any other kernel */
	const char *hits;	/* guards that were reached: "3,17!", "!" where it mattered */
};

int choose_mutant(const char *number);
void wake_mutant(void);
void put_mutant_to_sleep(struct mutant_report *report);

/* runner.c: one case from its begin to its end */
void run_case(const struct command *command, FILE *control, int output);

/* shell.c: an interactive guest, without a host that drives it */
int has_shell(void);
void run_shell(void);

/* file.c */
int write_file(const char *path, const char *text);
ssize_t read_file(const char *path, void *buffer, size_t size);
int write_all(int fd, const void *data, size_t size);

#endif
