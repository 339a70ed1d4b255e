// A recorded run that can be held against another: it came to its end, and to its cases.
import { UntestableKernelError, UsageError } from "../errors.ts";
import { readRun } from "./read-run.ts";
import { findRun } from "./results.ts";
import type { Run } from "./run-schema.ts";

/**
 * @param name an id, a path, or `latest`
 * @throws {UsageError} when there is no such run, or it was interrupted
 * @throws {UntestableKernelError} when its kernel could not be judged
 */
export async function readComparableRun(results: string, name: string): Promise<Run> {
  const run = await readRun(findRun(results, name));
  if (run.status === "interrupted") {
    throw new UsageError(
      `${run.id} was interrupted: not all of its cases have a verdict. Finish it: npx uffdwp resume ${name}`,
    );
  }
  if (run.status === "untestable") {
    const [why] = run.reason.split("\n");
    throw new UntestableKernelError(`${run.id} has no verdicts, its kernel is untestable: ${why}`);
  }
  return run;
}
