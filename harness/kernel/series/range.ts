// A git range as `git rebase` means it: the commits of TIP that BASE does not have.
import { UsageError } from "../../errors.ts";
import { theirGit } from "../tree/their-git.ts";
import { resolveRevision, revisionAdvice } from "../tree/work-tree.ts";

/** As it was asked for: names of commits. */
interface NamedRange {
  readonly base: string;
  readonly tip: string;
}

/** Commits, in full. */
export interface ResolvedRange {
  /** Where the tip has left the base: what its first patch stands on. */
  readonly base: string;
  readonly tip: string;
  /** What the range names as its base; another commit than the base where that has moved on. */
  readonly asked: string;
}

/** Undefined for what is no BASE..TIP. Names of commits begin with no dot, and a dash begins an option. */
export function parseRange(text: string): NamedRange | undefined {
  const [base = "", tip = "", ...more] = text.split("..");
  const areNames = [base, tip].every((name) => /^[^\s.-]\S*$/.test(name));
  return areNames && more.length === 0 ? { base, tip } : undefined;
}

/** @throws {UsageError} for what is no BASE..TIP */
export function mustParseRange(text: string): NamedRange {
  const named = parseRange(text);
  if (named) return named;
  throw new UsageError(
    `${text} is no range BASE..TIP: name two commits, such as v6.12..my-branch.`,
  );
}

/**
 * @param repository the user's, read and never written to
 * @throws {UsageError} when it has no such range, or the range is no line of patches
 */
export async function resolveRange(repository: string, range: string): Promise<ResolvedRange> {
  const named = mustParseRange(range);
  const [asked, tip] = await Promise.all([
    commitOf(repository, range, named.base),
    commitOf(repository, range, named.tip),
  ]);
  const found = await theirGit(repository, ["merge-base", asked, tip]);
  if (found.failed) {
    throw new UsageError(
      `${repository} has no range ${range}: ${named.base} and ${named.tip} have no commit in common. If its history is shallow, fetch all of it: git fetch --unshallow.`,
    );
  }
  await refuseMerges(repository, range, `${asked}..${tip}`);
  return { base: found.stdout.trim(), tip, asked };
}

async function commitOf(repository: string, range: string, name: string): Promise<string> {
  const commit = await resolveRevision(repository, name);
  if (commit) return commit;
  throw new UsageError(
    `${repository} has no range ${range}: there is no revision ${name}. ${revisionAdvice(repository)}`,
  );
}

/** A merge is no patch: without it, what comes after would stand on something else. */
async function refuseMerges(repository: string, range: string, commits: string): Promise<void> {
  const shown = ["--abbrev=12", "--format=%h %s", "--no-color", "--no-show-signature"];
  const args = ["log", "--merges", "--max-count=1", ...shown, commits];
  const { stdout } = await theirGit(repository, args);
  if (stdout.trim() === "") return;
  const [base, tip] = range.split("..");
  throw new UsageError(
    `${range} has merge commits: ${stdout.trim()}\n  A series is one patch on top of another. Make it one first (git rebase ${base} ${tip}), or name a range without merges.`,
  );
}
