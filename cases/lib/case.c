// SPDX-License-Identifier: GPL-2.0
/*
 * Runs cases as a kselftest does, in KTAP, each in a process of its own and
 * under a time limit: some of the kernel's bugs are livelocks.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "case.h"
#include "guest.h"
#include "kernel-log.h"
#include "pagemap.h"
#include "reclaim.h"
#include "result.h"

/* kselftest.h */
enum { KSFT_PASS = 0, KSFT_FAIL = 1, KSFT_SKIP = 4 };

/* Milliseconds of a case, and of a tick by which they are counted. */
enum { CASE_LIMIT = 3000, TICK = 100 };

/* How often a case may begin: what chance spoils once in 25 tries, it does not spoil ten times. */
enum { TRIES = 10 };

/* MADV_PAGEOUT drains the page lists of one CPU only: stay on it. */
static void pin_to_one_cpu(void)
{
	cpu_set_t cpus;
	int cpu = sched_getcpu();

	CPU_ZERO(&cpus);
	CPU_SET(cpu < 0 ? 0 : cpu, &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);
}

static _Noreturn void run_in_child(const struct test_case *self)
{
	setpgid(0, 0);
	pin_to_one_cpu();
	pagemap_needed();
	self->run(self);
	fflush(stdout);
	_exit(0);
}

/* Blocked, and so kept until somebody waits for it. */
static sigset_t sigchld;

static void block_sigchld(void)
{
	sigemptyset(&sigchld);
	sigaddset(&sigchld, SIGCHLD);
	sigprocmask(SIG_BLOCK, &sigchld, NULL);
}

/*
 * Waits for the case, and not longer than its limit. Ticks are counted, and no
 * clock is read: when a host stops a guest for a while (a full disk, a lid that
 * is closed), the guest's clocks may go on, but it sleeps no tick.
 */
static bool ends_in_time(pid_t child, int *status)
{
	const struct timespec tick = { .tv_nsec = TICK * 1000000L };
	int left = CASE_LIMIT / TICK;

	while (left > 0) {
		if (waitpid(child, status, WNOHANG) == child)
			return true;
		if (sigtimedwait(&sigchld, NULL, &tick) < 0 && errno == EAGAIN)
			left--;
	}
	return false;
}

static void watch_over(pid_t child)
{
	int status;
	bool ended = ends_in_time(child, &status);

	/* A livelocked fault can be killed. Whatever the case has forked goes with it. */
	kill(-child, SIGKILL);
	if (!ended) {
		waitpid(child, NULL, 0);
		result_override(FAIL, "no end within %d s: a fault that never resolves?",
				CASE_LIMIT / 1000);
	} else if (WIFSIGNALED(status)) {
		result_override(FAIL, "killed by signal %d", WTERMSIG(status));
	} else if (WEXITSTATUS(status)) {
		result_override(ERROR, "exited with %d", WEXITSTATUS(status));
	}
}

static void try_case(const struct test_case *self)
{
	pid_t child;

	result_clear();
	fflush(stdout);
	child = fork();
	if (!child)
		run_in_child(self);
	if (child > 0) {
		watch_over(child);
		reclaim_remove_memcg(child);
	} else {
		result_override(ERROR, "fork: %s", strerror(errno));
	}
}

static enum verdict run_case(const struct test_case *self, size_t number)
{
	const struct result *result = result_get();
	struct guest_settings before;
	const char *changed;
	int tries = 0;
	int log;

	guest_look(&before);
	log = kernel_log_open();
	do
		try_case(self);
	while (result->verdict == AGAIN && ++tries < TRIES);
	changed = guest_changed_since(&before);
	if (changed && result->verdict != FAIL)
		result_override(ERROR, "it leaves %s changed", changed);
	/* However it has ended, and with what its end has brought about. */
	kernel_log_expect_quiet(log);

	printf("%s %zu %s", result->verdict == PASS || result->verdict == SKIP ? "ok" : "not ok",
	       number, self->id);
	if (result->verdict == SKIP)
		printf(" # SKIP %s", result->reason);
	else if (result->verdict == ERROR || result->verdict == AGAIN)
		printf(" # ERROR %s", result->reason);
	printf("\n");
	return result->verdict;
}

static int run_cases(const struct test_case *cases, size_t n)
{
	size_t skipped = 0;
	size_t failed = 0;
	size_t i;

	block_sigchld();
	printf("KTAP version 1\n1..%zu\n", n);
	for (i = 0; i < n; i++) {
		enum verdict verdict = run_case(&cases[i], i + 1);

		skipped += verdict == SKIP;
		failed += verdict != PASS && verdict != SKIP;
	}
	if (failed)
		return KSFT_FAIL;
	return skipped == n ? KSFT_SKIP : KSFT_PASS;
}

/* Ids and titles are ours and need no escaping. */
static int list_cases(const struct test_case *cases, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		printf("{\"id\":\"%s\",\"mapping\":\"%s\",\"form\":\"%s\","
		       "\"operation\":\"%s\",\"title\":\"%s\"}\n",
		       cases[i].id, cases[i].mapping, cases[i].form, cases[i].operation,
		       cases[i].title);
	return KSFT_PASS;
}

void case_describe(struct test_case *self, const char *mapping, const char *form,
		   const char *operation, const char *title)
{
	self->mapping = mapping;
	self->form = form;
	snprintf(self->operation, sizeof(self->operation), "%s", operation);
	snprintf(self->title, sizeof(self->title), "%s", title);
	snprintf(self->id, sizeof(self->id), "%s/%s/%s", mapping, form, operation);
}

int cases_main(int argc, char **argv, const struct test_case *cases, size_t n)
{
	size_t i;

	if (argc == 2 && !strcmp(argv[1], "--list"))
		return list_cases(cases, n);
	/* What a case has said is not lost when it is killed. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (result_share()) {
		printf("Bail out! mmap: %s\n", strerror(errno));
		return KSFT_FAIL;
	}
	if (argc == 1)
		return run_cases(cases, n);
	for (i = 0; argc == 2 && i < n; i++)
		if (!strcmp(argv[1], cases[i].id))
			return run_cases(&cases[i], 1);
	fprintf(stderr, "usage: %s [--list | CASE]\n", argv[0]);
	return 2;
}
