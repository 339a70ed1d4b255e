// SPDX-License-Identifier: GPL-2.0
/* Reads the host's commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "guest.h"

/* "run SEQ LIMIT_MS PROGRAM [ARGUMENT ...]", separated by single spaces */
int parse_run(char *line, struct command *command)
{
	size_t limit = sizeof(command->argv) / sizeof(*command->argv);
	size_t n = 0;
	char *word;

	if (strcmp(strsep(&line, " "), "run"))
		return -1;
	word = strsep(&line, " ");
	command->seq = word ? strtoul(word, NULL, 10) : 0;
	word = strsep(&line, " ");
	command->limit_ms = word ? strtoul(word, NULL, 10) : 0;
	while (n < limit - 1 && (word = strsep(&line, " ")))
		command->argv[n++] = word;
	command->argv[n] = NULL;
	return command->seq && command->limit_ms && n && !line ? 0 : -1;
}
