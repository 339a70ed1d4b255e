// A recorded run, from its journal.
import { deriveRun } from "./derive-run.ts";
import { readJournal } from "./journal.ts";
import type { Run } from "./run-schema.ts";

/** @throws {UsageError} when the directory holds no run */
export async function readRun(directory: string): Promise<Run> {
  return deriveRun(await readJournal(directory));
}
