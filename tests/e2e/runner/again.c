// SPDX-License-Identifier: GPL-2.0
/* Cases that begin anew. */
#include <stdlib.h>
#include <sys/mman.h>

#include "case.h"
#include "result.h"

/* Tries so far: each is a process of its own. */
static int *tries;

static void be_lucky_at_last(const struct test_case *self)
{
	if (++*tries < 3)
		case_again("not yet");
	if (*tries > 3)
		case_fail("begun anew after its end");
}

static void have_no_luck(const struct test_case *self)
{
	case_again("no luck");
}

static void fail_first(const struct test_case *self)
{
	case_fail("this is wrong");
	case_again("no luck");
}

int main(int argc, char **argv)
{
	struct test_case cases[] = {
		{ .run = be_lucky_at_last },
		{ .run = have_no_luck },
		{ .run = fail_first },
	};

	tries = mmap(NULL, sizeof(*tries), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	if (tries == MAP_FAILED)
		return EXIT_FAILURE;
	case_describe(&cases[0], "again", "chance", "third-time", "the third try is lucky");
	case_describe(&cases[1], "again", "chance", "never", "no try is lucky");
	case_describe(&cases[2], "again", "failure", "never", "what has failed has failed");
	return cases_main(argc, argv, cases, sizeof(cases) / sizeof(*cases));
}
