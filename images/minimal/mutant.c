// SPDX-License-Identifier: GPL-2.0
/*
 * Kernels with planted faults: which of them is active while a case runs, and
 * which guards the case has reached.  Between cases none is active: the runner
 * lives in the kernel as it was.  A host that names none leaves it to the
 * kernel's command line, where uffdwp_mutant.active=N holds from boot on.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

#define KNOB "/proc/uffdwp_mutant"

static unsigned int chosen;
static int has_chosen;

/* "mutant NUMBER": for all cases that follow. */
int choose_mutant(const char *number)
{
	char *end;
	unsigned long value = strtoul(number, &end, 10);

	if (end == number || *end || value > 9999)
		return -1;
	chosen = value;
	has_chosen = 1;
	return 0;
}

void wake_mutant(void)
{
	char number[16];

	if (!has_chosen)
		return;
	snprintf(number, sizeof(number), "%u", chosen);
	write_file(KNOB, number);
}

/* What the kernel says is what counts: it may have none, or another one. */
void put_mutant_to_sleep(struct mutant_report *report)
{
	ssize_t size = read_file(KNOB, report->text, sizeof(report->text) - 1);
	char *hits;

	report->text[size > 0 ? size : 0] = '\0';
	report->text[strcspn(report->text, "\n")] = '\0';
	hits = strchrnul(report->text, ' ');
	if (*hits)
		*hits++ = '\0';
	report->hits = hits;
	for (; *hits; hits++)
		if (*hits == ' ')
			*hits = ',';
	if (has_chosen)
		write_file(KNOB, "0");
}
