// SPDX-License-Identifier: GPL-2.0
/*
 * The list of faults; behind each stands a case that has done nothing.  What has
 * an id of two parts stands alone.
 */
#include <stdio.h>
#include <string.h>

#include "fault.h"

static void nothing(void)
{
}

static const struct {
	const char *name;
	void (*run)(void);
	const char *title;
} faults[] = {
	{ "sysrq-panic", panic_by_sysrq, "a panic" },
	{ "bug", kernel_bug, "BUG()" },
	{ "null-dereference", null_dereference, "a NULL dereference in the kernel" },
	{ "warn-once", warn_once, "one WARN()" },
	{ "warn-flood", warn_in_a_flood, "WARN() again and again" },
	{ "stray/warning", warn_after_the_end, "WARN() once the case is over" },
	{ "soft-lockup", soft_lockup, "a loop that never schedules" },
	{ "interrupts-off", hang_with_interrupts_off, "a loop with interrupts off" },
	{ "smp/rcu-stall", rcu_stall, "a read side that never ends" },
	{ "d-state-child", leave_a_child_in_d_state, "a child that nobody wakes" },
	{ "d-state", sleep_in_d_state, "a task that nobody wakes" },
	{ "oom", run_out_of_memory, "more memory than there is" },
	{ "oom-runner", starve_the_runner, "more memory than there is, and nobody to kill" },
	{ "kill-runner", kill_the_runner, "the runner's stack overwritten" },
	{ "livelock", livelock_a_fault, "a page fault that starts again for ever" },
	{ "power-off", power_off_by_itself, "the machine switched off" },
	{ "reboot", reboot_by_itself, "the machine rebooted" },
	{ "halt", halt_by_itself, "the machine halted" },
	{ "clock", turn_the_clock, "the clock turned by years" },
	{ "machine/network", look_for_a_network_card, "the machine has no network card" },
	{ "machine/ports", write_into_ports, "a write into every port that is not the harness's" },
	{ "machine/host", write_to_the_host, "no file of the host can be seen or written" },
	{ "segfault", crash_in_user_space, "a crash of its own" },
	{ "fork-bomb", fork_without_end, "children that have children" },
	{ "orphans", leave_children_behind, "children that stay" },
	{ "endless-output", write_without_end, "output without end" },
	{ "garbage", write_garbage, "binary garbage on its output and in the kernel log" },
	{ "half-lines", write_half_lines, "half lines on its output and in the kernel log" },
	{ "answer-for-others", answer_for_others, "answers for cases that are yet to come" },
	{ "garbled-control", garble_the_control, "binary garbage between the runner and the host" },
	{ "order/use", use_the_guest, "it leaves a file behind" },
	{ "order/flaky", fail_in_a_used_guest, "nobody has used this guest before" },
	{ "repeat/second", fail_the_second_time, "it has not been run in this guest before" },
	{ "hostile-names", print_hostile_names, "names that a shell, a path or a page would obey" },
};

#define NFAULTS (sizeof(faults) / sizeof(*faults))

static void list(const char *kind, const char *name, const char *title)
{
	const char *slash = strchr(name, '/');

	if (slash && *kind == 'a')
		return;
	if (slash)
		printf("{\"id\":\"%s\",\"mapping\":\"none\",\"form\":\"none\",\"operation\":\"%s\",\"title\":\"%s\"}\n",
		       name, slash + 1, title);
	else
		printf("{\"id\":\"%s/%s\",\"mapping\":\"none\",\"form\":\"none\",\"operation\":\"%s\",\"title\":\"%s\"}\n",
		       kind, name, name, title);
}

static int run(const char *id, void (*deed)(void))
{
	printf("KTAP version 1\n1..1\n");
	fflush(stdout);
	deed();
	printf("ok 1 %s\n", id);
	return 0;
}

int main(int argc, char **argv)
{
	const char *wanted = argc == 2 ? strchr(argv[1], '/') : NULL;
	size_t i;

	for (i = 0; i < NFAULTS; i++) {
		if (argc == 2 && !strcmp(argv[1], "--list")) {
			list("fault", faults[i].name, faults[i].title);
			list("after", faults[i].name, "it does not suffer for its neighbour");
		} else if (wanted && !strcmp(argv[1], faults[i].name)) {
			return run(argv[1], faults[i].run);
		} else if (wanted && !strcmp(wanted + 1, faults[i].name)) {
			return run(argv[1], *argv[1] == 'f' ? faults[i].run : nothing);
		}
	}
	return argc == 2 && !strcmp(argv[1], "--list") ? 0 : 2;
}
