// SPDX-License-Identifier: GPL-2.0
/*
 * Runs one case in a process of its own and relays what it prints, framed, so
 * that no case can pretend to be another one.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"

/* More than any case has to say; a case that writes without end is cut here. */
#define OUTPUT_LIMIT (1024 * 1024)
/* How often we look whether the case has ended while something holds its output. */
#define LOOK_MS 20
/* A case that has closed its output is about to end: it should not have to wait for us. */
#define ENDING_MS 1
/* After so long without another death, what is left does not die of SIGKILL. */
#define DYING_MS 2000

struct running {
	pid_t pid;
	int output;	/* the reading end of the case's stdout and stderr */
	int status;
	int ended;
	int timed_out;
	int left;	/* a task of it is still there, although it was killed */
	size_t relayed;
};

static long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void become_case(const struct command *command, int output)
{
	int null = open("/dev/null", O_RDONLY);

	setsid();
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	dup2(output, STDOUT_FILENO);
	dup2(output, STDERR_FILENO);
	/* Others' programs leave files where they stand; the root may be read-only. */
	if (chdir("/tmp"))
		dprintf(STDERR_FILENO, "# no /tmp: %s\n", strerror(errno));
	/* The host reads the kernel log anyway: a case need not judge it. */
	setenv("UFFDWP_HARNESS", "1", 1);
	/* The kernel shall rather kill the case than the one who reports it. */
	write_file("/proc/self/oom_score_adj", "500");
	execv(command->argv[0], command->argv);
	dprintf(STDERR_FILENO, "Bail out! %s: %s\n", command->argv[0], strerror(errno));
	_exit(127);
}

static int start_case(const struct command *command, struct running *running)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC))
		return -1;
	running->pid = fork();
	if (!running->pid)
		become_case(command, pipes[1]);
	close(pipes[1]);
	fcntl(pipes[0], F_SETFL, O_NONBLOCK);
	running->output = pipes[0];
	return running->pid < 0 ? -1 : 0;
}

/* Returns 1 while more may come. */
static int relay_output(const struct command *command, struct running *running, int port)
{
	char header[64];
	char data[16384];
	ssize_t n = read(running->output, data, sizeof(data));

	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	if (!n)
		return 0;
	if (running->relayed >= OUTPUT_LIMIT)
		return 1;
	running->relayed += n;
	write_all(port, header, snprintf(header, sizeof(header), "\n%u %zd\n", command->seq, n));
	write_all(port, data, n);
	return 1;
}

static void look_whether_ended(struct running *running)
{
	if (!running->ended && waitpid(running->pid, &running->status, WNOHANG) == running->pid)
		running->ended = 1;
}

/* We are process 1: everything else is the case's, whatever it has forked. */
static void kill_everything(void)
{
	kill(-1, SIGKILL);
}

/*
 * However many there are: each death shows that there is still something to wait
 * for. Sleeps are counted, and no clock is read, as a host may stop us for a while.
 * Returns 1 when a task is left.
 */
static int reap_leftovers(void)
{
	int patience = DYING_MS;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0) {
		if (pid) {
			patience = DYING_MS;
			continue;
		}
		if (!patience--)
			return 1;
		usleep(1000);
	}
	return 0;
}

static void follow_case(const struct command *command, struct running *running, int port)
{
	long long deadline = now_ms() + command->limit_ms;
	struct pollfd poller = { .fd = running->output, .events = POLLIN };
	int open = 1;

	while (!running->ended) {
		poll(open ? &poller : NULL, open, open ? LOOK_MS : ENDING_MS);
		if (open)
			open = relay_output(command, running, port);
		look_whether_ended(running);
		if (!running->timed_out && now_ms() > deadline) {
			running->timed_out = 1;
			kill_everything();
		}
		/* A task that even SIGKILL does not end is the host's to judge. */
		if (now_ms() > deadline + 5000)
			return;
	}
}

static void drain_output(const struct command *command, struct running *running, int port)
{
	size_t before;

	do {
		before = running->relayed;
		relay_output(command, running, port);
	} while (running->relayed != before);
}

static void report_end(const struct command *command, const struct running *running,
		       const struct mutant_report *mutant, long long ms, FILE *control)
{
	const char *how = "stuck";
	int value = 0;

	if (running->ended && !running->left) {
		how = WIFEXITED(running->status) ? "exit" : "signal";
		value = WIFEXITED(running->status) ? WEXITSTATUS(running->status)
						   : WTERMSIG(running->status);
	}
	fprintf(control, "\nend %u %s=%d ms=%lld timeout=%d bytes=%zu", command->seq, how,
		value, ms, running->timed_out, running->relayed);
	if (*mutant->text)
		fprintf(control, " mutant=%s hits=%s", mutant->text, mutant->hits);
	fputc('\n', control);
	fflush(control);
}

void run_case(const struct command *command, FILE *control, int port)
{
	static struct mutant_report mutant;
	struct running running = { .pid = -1 };
	long long begin = now_ms();
	const char *id = command->argv[1] ? command->argv[1] : command->argv[0];

	kmsg("begin %u %s", command->seq, id);
	fprintf(control, "begin %u\n", command->seq);
	fflush(control);
	wake_mutant();
	if (!start_case(command, &running)) {
		follow_case(command, &running, port);
		kill_everything();
		drain_output(command, &running, port);
		close(running.output);
		running.left = !running.ended || reap_leftovers();
	}
	put_mutant_to_sleep(&mutant);
	kmsg("end %u", command->seq);
	report_end(command, &running, &mutant, now_ms() - begin, control);
}
