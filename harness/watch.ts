// Runs a job again each time its tree is saved: the loop between two edits.
import { once } from "node:events";
import { type HarnessError, SupersededError, UntestableKernelError, UsageError } from "./errors.ts";
import { workTreeOf } from "./kernel/source/spec.ts";
import type { Job } from "./plan/job.ts";
import { interruption } from "./process/interruption.ts";
import { type TreeWatch, watchTree } from "./process/watch-tree.ts";
import type { Run } from "./record/run-schema.ts";
import { unexpectedCases } from "./record/unexpected.ts";
import type { FailedRun, RecordedRun, RunView } from "./run/recorded-run.ts";
import { type RunOptions, runJob } from "./run/run.ts";

/**
 * Runs, waits for a change, runs again, until it is interrupted. What failed the last time runs
 * first; a kernel that was judged before is not judged again; a save while cases run lets the case
 * under way finish and starts anew, one during a build lets the build finish.
 *
 * @param tell called with each run that came to its end, and with what its kernel failed of
 * @throws {UsageError} when the job's kernel is no work tree
 * @throws {HarnessError} when the tree can't be watched, or no longer as a whole
 * @throws {InterruptedError} in the end
 */
export async function watchAndRun(
  job: Job,
  view: RunView,
  tell: (result: RecordedRun | FailedRun) => Promise<void>,
): Promise<never> {
  const tree = await watchTree(watchedTree(job));
  try {
    const saves = countSaves(tree);
    let first: ReadonlySet<string> = new Set();
    for (;;) {
      const stop = saves.next();
      const result = await runRound(job, view, { reuse: job.cache, first, stop });
      if (!result) continue;
      first = failedCases(result.run, first);
      await tell(result);
      view.note("waiting for a save; Ctrl-C ends");
      await saved(stop);
    }
  } finally {
    tree.close();
  }
}

/**
 * A run that came to its end, or whose kernel can't be judged; undefined when a save overtook it.
 *
 * @throws what else ended it
 */
async function runRound(
  job: Job,
  view: RunView,
  options: RunOptions,
): Promise<RecordedRun | FailedRun | undefined> {
  try {
    const result = await runJob(job, view, options);
    if (!("error" in result) || result.error instanceof UntestableKernelError) return result;
    throw result.error;
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
    view.note(`${error.message} Once more.`);
    return undefined;
  }
}

/**
 * A signal for each round, aborted by the first save after the round has begun. A tree that can't be
 * watched any more ends the round in the same way, and there is no next one: saves would be missed.
 */
export function countSaves(tree: Omit<TreeWatch, "close">): { next(): AbortSignal } {
  let round = new AbortController();
  let failure: HarnessError | undefined;
  tree.onChange(() => round.abort(new SupersededError()));
  tree.onFailure((error) => {
    failure = error;
    round.abort(error);
  });
  return {
    next() {
      if (failure) throw failure;
      round = new AbortController();
      return round.signal;
    },
  };
}

function watchedTree({ kernel }: Job): string {
  const tree = workTreeOf(kernel);
  if (tree !== undefined) return tree;
  throw new UsageError(`--watch needs a tree that can change, such as -k ~/linux; not ${kernel}.`);
}

/** A kernel that came to no case leaves open which cases fail. */
function failedCases(run: Run, before: ReadonlySet<string>): ReadonlySet<string> {
  return run.cases.length === 0 ? before : new Set(unexpectedCases(run).map(({ id }) => id));
}

/** @throws {InterruptedError} also when we were told to stop before the wait began */
async function saved(stop: AbortSignal): Promise<void> {
  const { signal } = interruption;
  signal.throwIfAborted();
  if (stop.aborted) return;
  // A long watch waits often: nothing may be left listening to the one signal of the process.
  await once(stop, "abort", { signal }).catch(() => signal.throwIfAborted());
}
