// What the runner does to the kernel's knob: nothing, until the host names a mutant.
import { join } from "node:path";
import t from "tap";
import { projectDirectory } from "../../harness/process/directories.ts";
import { mustRun } from "../../harness/process/tool.ts";

/** The knob is a variable here; each change of it is printed. */
const PROGRAM = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "guest.h"
static char knob[16];
int write_file(const char *path, const char *text)
{
	printf("write %s\\n", text);
	strcpy(knob, text);
	return 0;
}
ssize_t read_file(const char *path, void *buffer, size_t size)
{
	return snprintf(buffer, size, "%s 3 17!\\n", knob);
}
int main(int argc, char **argv)
{
	static struct mutant_report report;

	strcpy(knob, "12");
	for (int i = 1; i < argc; i++) {
		if (*argv[i] && choose_mutant(argv[i]))
			printf("refused\\n");
		wake_mutant();
		put_mutant_to_sleep(&report);
		printf("mutant=%s hits=%s\\n", report.text, report.hits);
	}
	return 0;
}
`;

/** @param named what the host names before each case; "" for nothing */
async function cases(directory: string, ...named: string[]): Promise<string[]> {
  const image = join(projectDirectory, "images/minimal");
  const sources = ["main.c", join(image, "mutant.c")];
  const options = { cwd: directory };
  const flags = ["-D_GNU_SOURCE", `-I${image}`, "-o", "knob"];
  await mustRun("gcc", [...flags, ...sources], options);
  const { stdout } = await mustRun(join(directory, "knob"), named);
  return stdout.split("\n").filter(Boolean);
}

t.test("the kernel's command line chooses where the host does not", async (t) => {
  const said = await cases(t.testdir({ "main.c": PROGRAM }), "", "");
  t.same(said, ["mutant=12 hits=3,17!", "mutant=12 hits=3,17!"]);
});

t.test("a mutant that the host names is awake during cases only", async (t) => {
  const said = await cases(t.testdir({ "main.c": PROGRAM }), "7", "", "0");

  const awake = ["write 7", "write 0", "mutant=7 hits=3,17!"];
  t.same(said, [...awake, ...awake, "write 0", "write 0", "mutant=0 hits=3,17!"]);
});

t.test("what is no number changes nothing", async (t) => {
  const said = await cases(t.testdir({ "main.c": PROGRAM }), "12x");
  t.same(said, ["refused", "mutant=12 hits=3,17!"]);
});
