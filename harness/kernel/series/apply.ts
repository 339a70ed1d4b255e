// Applies patches to a git tree, file by file in an index; a patch that does not apply is shown with its hunk.
import { join } from "node:path";
import { UntestableKernelError } from "../../errors.ts";
import { hashOf } from "../../process/content-hash.ts";
import type { WorkTree } from "../tree/work-tree.ts";
import type { Patch } from "./patch.ts";

/** What a message shows of a hunk at most, in lines. */
const HUNK_LINES = 24;

/**
 * The git tree that a series makes of another. No work tree is touched: whoever checks the result out
 * rewrites the files that differ from what stands there, and no others.
 *
 * @param base the git tree below the series
 * @throws {UntestableKernelError} with number, subject and hunk of the first patch that fails
 */
export async function applySeries(
  tree: WorkTree,
  base: string,
  patches: readonly Patch[],
): Promise<string> {
  let sha = base;
  for (const [index, patch] of patches.entries()) {
    const position = `${index + 1} of ${patches.length}`;
    sha = await applyOnce(tree, sha, patch, position);
  }
  return sha;
}

/** Looks up what the patch made of the same tree the last time: a series grows by one patch at a time. */
async function applyOnce(
  tree: WorkTree,
  base: string,
  patch: Patch,
  position: string,
): Promise<string> {
  const ref = `refs/uffdwp/applied/${hashOf(base, patch.diff, String(patch.strip))}`;
  const known = await tree.git(["rev-parse", "--verify", "--quiet", `${ref}^{tree}`]);
  if (!known.failed) return known.stdout.trim();
  const env = { GIT_INDEX_FILE: join(tree.directory, "series.index") };
  await tree.mustGit(["read-tree", base], { env });
  const args = ["apply", "--cached", `-p${patch.strip}`, "--whitespace=nowarn"];
  const result = await tree.git(args, { env, input: Buffer.from(patch.diff, "latin1") });
  if (result.failed) {
    throw new UntestableKernelError(describeFailure(patch, position, result.all), {
      stage: "series",
    });
  }
  const sha = await tree.mustGit(["write-tree"], { env });
  await tree.mustGit(["update-ref", ref, sha]);
  return sha;
}

function describeFailure(patch: Patch, position: string, words: string): string {
  const head = `Patch ${position} does not apply: ${patch.subject}`;
  const invalid = /invalid path '(.*)'|(\S+): beyond a symbolic link/.exec(words);
  if (invalid) return `${head}\n  It reaches out of the tree: ${invalid[1] ?? invalid[2]}`;
  const failed = /patch failed: (.*):(\d+)$/m.exec(words);
  if (!failed) return `${head}\n${indent(gitErrors(words))}`;
  const [, file = "", line = ""] = failed;
  const hunk = findHunk(patch.diff, file, Number(line));
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
