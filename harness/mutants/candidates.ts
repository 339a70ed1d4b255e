// Files that a semantic patch may fit, found by the words that it needs: spatch reads slowly.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import { runTool } from "../process/tool.ts";
import { filesNamed, type Needed, wordsNeeded } from "./semantic-patch.ts";

/** Where a patch that names no file is tried first: what userfaultfd has to do with. */
const NEAR = [
  "mm",
  "fs/userfaultfd.c",
  "fs/proc/task_mmu.c",
  "fs/hugetlbfs/inode.c",
  "kernel/fork.c",
  "include/linux",
  "include/asm-generic",
  "arch/x86/mm",
  "arch/x86/include/asm",
];

/** And then: whatever the kernel itself is made of. What boots it can't be guarded. */
const FAR = [
  "*.c",
  "*.h",
  ":!tools",
  ":!Documentation",
  ":!samples",
  ":!scripts",
  ":!usr",
  ":!arch/[!x]*",
  ":!arch/xtensa",
  ":!arch/x86/boot",
  ":!arch/x86/entry/vdso",
  ":!arch/x86/purgatory",
];

/**
 * Paths in a tree, in groups: another group is asked for only when nothing in those before fits.
 */
export async function* candidates(src: string, smpl: string): AsyncGenerator<string[]> {
  const needed = wordsNeeded(smpl);
  const named = filesNamed(smpl);
  const places = named.length > 0 ? named : NEAR;
  const near = await filesWith(
    src,
    needed,
    places.filter((place) => existsSync(join(src, place))),
  );
  yield near;
  if (named.length > 0 || needed.every(({ words }) => words.length === 0)) return;
  const far = await filesWith(src, needed, FAR);
  yield far.filter((file) => !near.includes(file));
}

async function filesWith(
  src: string,
  needed: readonly Needed[],
  places: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  if (places.length === 0) return [];
  for (const { words, all } of needed) {
    const patterns = words.length > 0 ? words.flatMap((word) => ["-e", word]) : ["-e", ""];
    const options = ["--no-index", "-l", ...(words.length > 0 ? ["-w", "-F"] : [])];
    const args = ["grep", ...options, ...(all ? ["--all-match"] : []), ...patterns];
    const result = await runTool("git", [...args, "--", ...places], { cwd: src });
    // 1: nothing was found.
    if (result.failed && result.exitCode !== 1) throw new HarnessError(result.message);
    for (const file of result.stdout.split("\n")) if (/\.[ch]$/.test(file)) found.add(file);
  }
  return [...found];
}
