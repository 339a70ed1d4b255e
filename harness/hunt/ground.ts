// What a hunt stands on: a worktree is tested as it stands, so it must not be edited meanwhile.
import { UsageError } from "../errors.ts";
import { resolveSource } from "../kernel/source/source.ts";
import { parseSourceSpec } from "../kernel/source/spec.ts";
import type { Job } from "../plan/job.ts";
import type { Progress } from "../process/progress.ts";

export interface Ground {
  readonly job: Job;
  /** The git tree of the kernel's source when the hunt began. */
  readonly base: string;
}

/** The git tree of a kernel's source as it stands now. */
export async function baseOf(kernel: string, progress: Progress): Promise<string> {
  const spec = parseSourceSpec(kernel, "nothing in it can be changed");
  return (await resolveSource(spec, progress)).base;
}

/** @throws {UsageError} when the source is no longer what the hunt began with */
export async function checkGround({ job, base }: Ground, progress: Progress): Promise<void> {
  if ((await baseOf(job.kernel, progress)) === base) return;
  throw new UsageError(
    `${job.kernel} has changed since this hunt began. Start it again; name a revision (${job.kernel}@HEAD) to go on editing meanwhile.`,
  );
}
