// A git history on top of debian:6.1's source, made without checking it out: what differs goes into one pack.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { resolveSource } from "../../harness/kernel/source/source.ts";
import { spatch } from "../../harness/mutants/spatch.ts";
import { silent } from "../../harness/process/progress.ts";
import { dataFile } from "./uffdwp.ts";

/** One commit: a subject, and what becomes of some files. */
export interface Change {
  readonly subject: string;
  readonly edits: Readonly<Record<string, (text: string) => string | Promise<string>>>;
}

/** So much of the source lies in the work tree: uffdwp takes it for a kernel tree by these. */
const CHECKED_OUT = ["Makefile", "Kconfig", "kernel/Makefile"];
const COMMITTER = "A Developer <developer@example.org>";
const START = 1_767_225_600;

/**
 * Makes a repository at `path`: the source, and a commit a change; each is always the same commit.
 *
 * @returns the commits, the source's own first
 */
export async function makeHistory(path: string, changes: readonly Change[]): Promise<string[]> {
  const source = await resolveSource({ form: "debian", version: "6.1" }, silent);
  mkdirSync(path, { recursive: true });
  const git = async (args: readonly string[], input = "") =>
    (await execa("git", ["-C", path, ...args], { input, stripFinalNewline: false })).stdout;
  await git(["init", "--quiet", "--initial-branch=main"]);
  const objects = join(source.tree.directory, "git", "objects");
  writeFileSync(join(path, ".git/objects/info/alternates"), `${objects}\n`);

  const texts = new Map<string, string>();
  async function read(file: string): Promise<string> {
    return texts.get(file) ?? (await git(["show", `${source.base}:${file}`]));
  }
  let stream = commitCommand(1, "linux 6.1", `M 040000 ${source.base} ""\n`);
  for (const [i, { subject, edits }] of changes.entries()) {
    let files = "";
    for (const [file, edit] of Object.entries(edits)) {
      const text = await edit(await read(file));
      texts.set(file, text);
      files += `M 100644 inline ${file}\n${data(text)}\n`;
    }
    stream += commitCommand(i + 2, subject, files);
  }
  await git(["fast-import", "--quiet"], stream);
  await git(["read-tree", "main"]);
  await git(["checkout-index", "--", ...CHECKED_OUT]);
  return (await git(["rev-list", "--reverse", "main"])).trim().split("\n");
}

function commitCommand(n: number, subject: string, files: string): string {
  const from = n === 1 ? "" : `from :${n - 1}\n`;
  const who = `${COMMITTER} ${START + n * 3600} +0000`;
  return `commit refs/heads/main\nmark :${n}\ncommitter ${who}\n${data(subject)}\n${from}${files}\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}

/** A change that builds into another kernel which does the same. */
export function harmless(file: string, name: string): Change["edits"] {
  return { [file]: (text) => `${text.trimEnd()}\n\nint ${name} = 1;\n` };
}

/** What make compiles again, and to the same object. */
export const reworded = replaced(
  "mm/mmap.c",
  "Address space accounting code",
  "Accounting of address space",
);

/** What the compiler warns of; nothing calls it. */
export function unusedVariable(file: string, name: string): Change["edits"] {
  const code = `int ${name}(void);\nint ${name}(void)\n{\n\tint unused;\n\n\treturn 0;\n}\n`;
  return { [file]: (text) => `${text.trimEnd()}\n\n${code}` };
}

/** Without an option that our kernels ask for. */
export const withoutMarkers = replaced(
  "mm/Kconfig",
  "depends on HAVE_ARCH_USERFAULTFD_WP\n\tselect PTE_MARKER\n",
  "depends on HAVE_ARCH_USERFAULTFD_WP && BROKEN\n\tselect PTE_MARKER\n",
);

/** Nothing that make looks at. */
export function documented(line: string): Change["edits"] {
  return { "Documentation/mm/index.rst": (text) => `${text.trimEnd()}\n\n.. ${line}\n` };
}

/** Replaces what is there exactly once; anything else is a mistake of the test's. */
export function replaced(file: string, from: string, to: string): Change["edits"] {
  return {
    [file](text) {
      if (text.split(from).length !== 2) throw new Error(`${file} has no single ${from}`);
      return text.replace(from, () => to);
    },
  };
}

/** The fault of tests/e2e/data/swap-form-unrecognised.mbox, by a semantic patch. */
export const swapFormUnrecognised = semantically(
  "include/linux/mm_inline.h",
  dataFile("swap-form-unrecognised.cocci"),
);

function semantically(file: string, patch: string): Change["edits"] {
  return {
    async [file](text) {
      const patched = await spatch(readFileSync(patch, "utf8"), text, file);
      if ("error" in patched) throw new Error(`${patch}: ${patched.error}`);
      if (patched.text === text) throw new Error(`${patch} changes nothing in ${file}`);
      return patched.text;
    },
  };
}

const KOBJECT = 'mm_kobj = kobject_create_and_add("mm", kernel_kobj);';

/** A kernel that dies before it starts a program. */
export const brokenBoot = replaced("mm/mm_init.c", KOBJECT, `BUG();\n\t${KOBJECT}`);
export const mendedBoot = replaced("mm/mm_init.c", `BUG();\n\t${KOBJECT}`, KOBJECT);

/**
 * Where the commits of `longHistory` lie. git asks about the middle one first; as that is skipped,
 * then about one of those at seven from it, and their hashes decide which. With these in its way
 * git bisect came to one of each kind, and to the fault, whatever the hashes were.
 */
export const LONG = { commits: 64, notBuilding: [25, 39], notBooting: 32, faulty: 41 } as const;

/**
 * A history to bisect: some commits don't build, one does not boot, each until the next; one is at
 * fault.
 *
 * @param usual what all others change
 */
export function longHistory(usual: (n: number) => Change["edits"]): Change[] {
  const { commits, notBuilding, notBooting, faulty } = LONG;
  const special = new Map([
    ...[...notBuilding.entries()].flatMap(([i, n]) => unbuildable(n, i)),
    [notBooting, brokenBoot] as const,
    [notBooting + 1, mendedBoot] as const,
    [faulty, swapFormUnrecognised] as const,
  ]);
  return Array.from({ length: commits }, (_, i) => {
    const n = i + 1;
    return { subject: `mm: change ${n}`, edits: special.get(n) ?? usual(n) };
  });
}

function unbuildable(n: number, i: number): (readonly [number, Change["edits"]])[] {
  const file = ["mm/mprotect.c", "mm/madvise.c"][i] as string;
  const [there, missing] = ["#include <linux/mman.h>", "#include <linux/no-such-file.h>"] as const;
  return [
    [n, replaced(file, there, missing)],
    [n + 1, replaced(file, missing, there)],
  ];
}
