// What a hunt stands on: cases, and a worktree, are taken as they stand, so they must not be edited meanwhile.
import { UsageError } from "../errors.ts";
import { imageKey } from "../image/prepare.ts";
import { resolveSource } from "../kernel/source/source.ts";
import { parseSourceSpec } from "../kernel/source/spec.ts";
import type { Job } from "../plan/job.ts";
import type { Progress } from "../process/progress.ts";
import { readSuiteFiles } from "../verdict/suite-file.ts";

export interface HeldCases {
  readonly job: Job;
  /** The key of our cases and the job's own when the hunt began. */
  readonly image: string;
}

export interface Ground extends HeldCases {
  /** The git tree of the kernel's source when the hunt began. */
  readonly base: string;
}

/**
 * The key of our cases and the job's own, without programs of kernel trees: those of the tree under
 * test change with it.
 *
 * @throws {UsageError} when a directory of cases is none
 */
export async function casesOf({ ownCases }: Job): Promise<string> {
  await readSuiteFiles(ownCases);
  return imageKey({ ownCases });
}

/** The git tree of a kernel's source as it stands now. */
export async function baseOf(kernel: string, progress: Progress): Promise<string> {
  const spec = parseSourceSpec(kernel, "nothing in it can be changed");
  return (await resolveSource(spec, progress)).base;
}

/** @throws {UsageError} when the cases are no longer those that the hunt began with */
export async function checkCases({ job, image }: HeldCases): Promise<void> {
  if ((await casesOf(job)) === image) return;
  throw new UsageError(
    "The cases, or the compiler, have changed since this hunt began. Take the changes back and resume it, or start it again.",
  );
}

/** @throws {UsageError} when the source or the cases are no longer what the hunt began with */
export async function checkGround(ground: Ground, progress: Progress): Promise<void> {
  await checkCases(ground);
  const { job, base } = ground;
  if ((await baseOf(job.kernel, progress)) === base) return;
  throw new UsageError(
    `${job.kernel} has changed since this hunt began. Start it again; name a revision (${job.kernel}@HEAD) to go on editing meanwhile.`,
  );
}
