// The reports that every run keeps beside its journal.
import { join } from "node:path";
import { publishFile } from "../process/publish.ts";
import { previousRun } from "../record/previous-run.ts";
import type { Run } from "../record/run-schema.ts";
import { formats } from "./registry.ts";

export async function keepReports(run: Run, directory: string): Promise<void> {
  const options = { directory, color: false, previous: await previousRun(directory, run) };
  for (const { keptAs, render } of formats) {
    if (!keptAs) continue;
    await publishFile(join(directory, keptAs), render(run, options));
  }
}
