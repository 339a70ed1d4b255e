// SPDX-License-Identifier: GPL-2.0
/* Cases during which the kernel says something. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case.h"
#include "result.h"

#define PROVOKE	"/sys/kernel/debug/provoke-crash/DIRECT"

static void write_into(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		case_error("%s: %s", path, strerror(errno));
	close(fd);
}

static void warn(const struct test_case *self)
{
	write_into(PROVOKE, "WARNING");
}

static void chatter(const struct test_case *self)
{
	write_into("/dev/kmsg", "<5>DEBUG: nothing is wrong\n");
}

int main(int argc, char **argv)
{
	struct test_case cases[] = {
		{ .run = warn },
		{ .run = warn },
		{ .run = chatter },
	};

	case_describe(&cases[0], "log", "warning", "harness", "the harness judges a warning");
	case_describe(&cases[1], "log", "warning", "alone", "nobody else judges it");
	case_describe(&cases[2], "log", "debug", "alone", "DEBUG: is no BUG:");
	/* As if nobody else would read the log. */
	if (argc == 2 && strstr(argv[1], "/alone"))
		unsetenv("UFFDWP_HARNESS");
	return cases_main(argc, argv, cases, sizeof(cases) / sizeof(*cases));
}
