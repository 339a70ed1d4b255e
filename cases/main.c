// SPDX-License-Identifier: GPL-2.0
/* All behaviours in one program, told apart by the name that it is called by. */
#include <libgen.h>
#include <stdio.h>
#include <string.h>

#define PROGRAM(name, function) int function(int argc, char **argv);
#include "programs.h"
#undef PROGRAM

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} programs[] = {
#define PROGRAM(name, function) { name, function },
#include "programs.h"
#undef PROGRAM
};

int main(int argc, char **argv)
{
	const char *name = basename(argv[0]);
	size_t i;

	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (!strcmp(programs[i].name, name))
			return programs[i].run(argc, argv);
	fprintf(stderr, "%s is the name of no behaviour\n", name);
	return 2;
}
