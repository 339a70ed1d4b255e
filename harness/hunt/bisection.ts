// git's own bisection, in a bare repository of the hunt that borrows the user's objects.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { type OwnGit, ownGit } from "../kernel/tree/own-git.ts";
import { borrowObjects } from "../kernel/tree/work-tree.ts";
import type { AskedTerms } from "./bisect-record.ts";

export interface BisectionOptions {
  /** Commits, in full. */
  readonly good: readonly string[];
  readonly bad: string;
  readonly firstParent: boolean;
  /** Only commits that touch these. */
  readonly paths: readonly string[];
  readonly terms: AskedTerms;
}

export interface Bisection {
  /** `fixed` where the bad commit is the older one: then the commit that mended it is hunted. */
  readonly direction: "broken" | "fixed";
  /** What git calls the older and the newer state. */
  readonly terms: Required<AskedTerms>;
  readonly git: OwnGit;
  /** The commit that git wants to know about next; undefined at the end. */
  next(): Promise<string | undefined>;
  mark(verdict: "good" | "bad" | "skip"): Promise<void>;
  /** What git says of the way that is left: `Bisecting: 31 revisions left …`. */
  progress(): string;
  /** `git bisect log`. */
  log(): Promise<string>;
  /** The commits that it can be, one when it was found. */
  candidates(): Promise<string[]>;
}

/**
 * Starts from nothing, also where a hunt is resumed: the same answers lead to the same questions.
 *
 * @param repository the user's, read and never written to
 * @throws {UsageError} with git's own words when it refuses the two ends
 */
export async function startBisection(
  directory: string,
  repository: string,
  { good, bad, firstParent, paths, terms: asked }: BisectionOptions,
): Promise<Bisection> {
  const bare = join(directory, "bisect.git");
  await rm(bare, { recursive: true, force: true });
  const git = ownGit({ GIT_DIR: bare }, directory);
  await git.mustGit(["init", "--quiet", "--bare"]);
  await borrowObjects(bare, repository);
  // git bisect wants to know where to go back to.
  await git.mustGit(["update-ref", "--no-deref", "HEAD", bad]);
  const direction = await directionOf(git, good, bad);
  const terms = { ...TERMS[direction], ...asked };
  const [older, newer] = direction === "broken" ? [good, [bad]] : [[bad], good];
  const words =
    direction === "broken"
      ? { good: terms.old, bad: terms.new, skip: "skip" }
      : { good: terms.new, bad: terms.old, skip: "skip" };
  let said = "";
  const mark = async (args: readonly string[]) => {
    const result = await git.git(["bisect", ...args]);
    // 2: only skipped commits are left, which the log says as well.
    if (result.failed && result.exitCode !== 2) {
      throw new UsageError(`git bisect ${args[0]}: ${result.all.trim()}`);
    }
    said = result.stdout.split("\n").find((line) => line.startsWith("Bisecting:")) ?? "";
  };
  const options = ["--no-checkout", ...(firstParent ? ["--first-parent"] : [])];
  const named = [`--term-old=${terms.old}`, `--term-new=${terms.new}`];
  await mark(["start", ...options, ...named, newer[0] as string, ...older, "--", ...paths]);
  const log = async () => (await git.git(["bisect", "log"])).stdout;
  return {
    direction,
    terms,
    git,
    log,
    async next() {
      if ((await ended(log)).length > 0) return undefined;
      const head = await git.git(["rev-parse", "--verify", "--quiet", "BISECT_HEAD"]);
      return head.failed ? undefined : head.stdout.trim();
    },
    mark: (verdict) => mark([words[verdict]]),
    progress: () => said,
    candidates: () => ended(log),
  };
}

const TERMS = {
  broken: { old: "good", new: "bad" },
  fixed: { old: "broken", new: "fixed" },
} as const;

async function directionOf(git: OwnGit, good: readonly string[], bad: string) {
  if (good.length > 1 || good[0] === bad) return "broken";
  const older = await git.git(["merge-base", "--is-ancestor", bad, good[0] as string]);
  return older.exitCode === 0 ? "fixed" : "broken";
}

/** What git writes as comments into its log when it can't bisect any more. */
async function ended(log: () => Promise<string>): Promise<string[]> {
  const found = /^# (?:possible )?first \S+ commit: \[([0-9a-f]{40,64})\]/gm;
  return [...(await log()).matchAll(found)].map(([, sha]) => sha as string);
}
