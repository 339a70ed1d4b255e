// A git history on top of debian:6.1's source, made without checking it out: what differs goes into one pack.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { resolveSource } from "../../harness/kernel/source/source.ts";
import { silent } from "../../harness/process/progress.ts";

/** One commit: a subject, and what becomes of some files. */
export interface Change {
  readonly subject: string;
  readonly edits: Readonly<Record<string, (text: string) => string>>;
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
      const text = edit(await read(file));
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

const FORM = "if (unlikely(pte_swp_uffd_wp_any(pteval)))";

/** The fault of tests/e2e/data/swap-form-unrecognised.mbox. */
export const swapFormUnrecognised = replaced(
  "include/linux/mm_inline.h",
  FORM,
  "if (unlikely(pte_marker_uffd_wp(pteval)))",
);
