// The run before: the newest older one that asked for the same kernel and has most of the cases.
import { realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { deriveRun } from "./derive-run.ts";
import { readJournal } from "./journal.ts";
import { listRuns } from "./results.ts";
import type { Run } from "./run-schema.ts";

/** So many older runs are looked at. */
const LOOKED_AT = 50;

/** Undefined where there is none. */
export async function previousRun(directory: string, run: Run): Promise<Run | undefined> {
  // Perhaps it was asked for as `latest`.
  const own = await realpath(directory).catch(() => directory);
  const name = basename(own);
  const all = (await listRuns(dirname(own))).map((path) => ({ path, name: basename(path) }));
  const older = all.filter((one) => one.name < name).reverse();
  const ids = new Set(run.cases.map(({ id }) => id));
  const kernel = requestedKernel(run);
  for (const { path } of older.slice(0, LOOKED_AT)) {
    // Somebody else's broken record is no reason to have no report.
    const journal = await readJournal(path).catch(() => undefined);
    if (!journal || journal[0].job.kernel !== kernel || journal[0].machine === null) continue;
    const found = deriveRun(journal);
    const shared = new Set(found.cases.map(({ id }) => id).filter((id) => ids.has(id)));
    if (shared.size * 2 >= ids.size) return found;
  }
  return undefined;
}

function requestedKernel({ request }: Run): string | undefined {
  return request[request.indexOf("-k") + 1];
}
