// Applies patches to our work tree; a patch that does not apply is shown with its hunk.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UntestableKernelError } from "../../errors.ts";
import type { WorkTree } from "../tree/work-tree.ts";
import type { Patch } from "./patch.ts";

/** What a message shows of a hunk at most, in lines. */
const HUNK_LINES = 24;

/**
 * Applies a series on top of what the work tree holds.
 *
 * @param base the git tree that is checked out
 * @returns the git tree afterwards
 * @throws {UntestableKernelError} with number, subject and hunk of the first patch that fails
 */
export async function applySeries(
  tree: WorkTree,
  base: string,
  patches: readonly Patch[],
): Promise<string> {
  await rm(join(tree.directory, "git", "rebase-apply"), { recursive: true, force: true });
  const commit = await tree.mustGit(["commit-tree", base, "-m", "base"]);
  await tree.mustGit(["update-ref", "--no-deref", "HEAD", commit]);
  for (const [index, patch] of patches.entries()) {
    const failure = await applyPatch(tree, patch);
    if (failure !== undefined) {
      const position = `${index + 1} of ${patches.length}`;
      throw new UntestableKernelError(describeFailure(patch, position, failure));
    }
  }
  return tree.mustGit(["write-tree"]);
}

/** Returns git's words when the patch does not apply. */
async function applyPatch(
  tree: WorkTree,
  { kind, text, strip }: Patch,
): Promise<string | undefined> {
  const args =
    kind === "mail"
      ? ["am", "--quiet", "--keep-cr", "--no-gpg-sign", "--whitespace=nowarn"]
      : ["apply", "--index", `-p${strip}`, "--whitespace=nowarn"];
  const result = await tree.git(args, { input: Buffer.from(text, "latin1") });
  return result.failed ? result.all : undefined;
}

function describeFailure(patch: Patch, position: string, words: string): string {
  const head = `Patch ${position} does not apply: ${patch.subject}`;
  const invalid = /invalid path '(.*)'|(\S+): beyond a symbolic link/.exec(words);
  if (invalid) return `${head}\n  It reaches out of the tree: ${invalid[1] ?? invalid[2]}`;
  const failed = /patch failed: (.*):(\d+)$/m.exec(words);
  if (!failed) return `${head}\n${indent(gitErrors(words))}`;
  const [, file = "", line = ""] = failed;
  const hunk = findHunk(patch.text, file, Number(line));
  return `${head}\n  at ${file}:${line}\n${indent(hunk ?? gitErrors(words))}`;
}

/** The hunk of a diff that begins at a line of a file, cut to a readable length. */
function findHunk(text: string, file: string, line: number): string | undefined {
  const lines = text.split("\n");
  const from = lines.findIndex(
    (candidate) => candidate.startsWith("--- ") && candidate.includes(file),
  );
  const start = lines.findIndex(
    (candidate, at) => at > from && Number(/^@@ -(\d+)/.exec(candidate)?.[1]) === line,
  );
  if (from < 0 || start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const length = rest.findIndex((candidate) => /^(@@ |diff |-- $|--- )/.test(candidate));
  return [lines[start], ...rest.slice(0, length < 0 ? undefined : length)]
    .slice(0, HUNK_LINES)
    .join("\n");
}

function gitErrors(words: string): string {
  const errors = words.split("\n").filter((line) => /^(error|fatal):/.test(line));
  return (errors.length > 0 ? errors : words.split("\n")).slice(0, 5).join("\n");
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}
