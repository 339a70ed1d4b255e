// What a function does, told by a program that is compiled and run.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mustRun } from "../../harness/process/tool.ts";

/** What the function does for several inputs while a mutant is active: compiled and run. */
export async function trace(body: string, active: number): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "uffdwp-guards-"));
  try {
    const header = new URL("../../harness/mutants/kernel/uffdwp_mutant.h", import.meta.url)
      .pathname;
    const program = `#include "${header}"
#include <stdio.h>
#define SOMETHING
#define FLAG_A 4
#define FLAG_B 8
#define list_for_each(x) for (int i = 0; i < 2; i++)
unsigned int uffdwp_mutant_active = ${active};
unsigned char uffdwp_mutant_hits[UFFDWP_MUTANTS];
static int input;
void uffdwp_mutant_record(unsigned int n, unsigned char bits) { uffdwp_mutant_hits[n] |= bits; }
static int start(int x) { return input * x; }
static int pte_uffd_wp(int x) { return x > 1; }
static int count(void) { static int calls; printf("count\\n"); return ++calls & 1; }
static void act(int a, int b) { printf("act %d %d\\n", a, b); }
static void other(int a) { printf("other %d\\n", a); }
static int f(void)
${body}
int main(void) { for (input = -1; input < 4; input++) printf("= %d\\n", f()); other(0); return 0; }
`;
    writeFileSync(join(directory, "f.c"), program);
    const options = { cwd: directory };
    await mustRun("gcc", ["-std=gnu11", "-w", "-o", "f", "f.c"], options);
    return (await mustRun(join(directory, "f"), [])).stdout;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
