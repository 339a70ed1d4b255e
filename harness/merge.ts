// From the records of shards to one record, as if one machine had run all cases.
import { cp, readdir } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { readJournal } from "./record/journal.ts";
import { mergeJournals } from "./record/merge.ts";
import { readRun } from "./record/read-run.ts";
import { beginRun } from "./record/results.ts";
import { strayFindings } from "./record/unexpected.ts";
import { keepReports } from "./report/kept-reports.ts";
import type { RecordedRun } from "./run/recorded-run.ts";
import { statusOf } from "./verdict/status.ts";

/**
 * Records the runs in `directories` as one, with their guests' logs; the runs stay as they are.
 *
 * @throws {UsageError} when they are not parts of one run; nothing is recorded then
 * @throws {UntestableKernelError} when a shard's kernel could not be judged
 */
export async function mergeRuns(
  directories: readonly string[],
  results: string,
): Promise<RecordedRun> {
  const journals = await Promise.all(directories.map(readJournal));
  const { begin, events, guestOffsets } = mergeJournals(journals);
  const from = directories[0] as string;
  const kept = { ...begin.kernel, ...(await keptFiles(from)) };
  const { directory, journal } = await beginRun(resolve(results), new Date(), begin, kept);
  for (const event of events) await journal.append(event);
  for (const [i, shard] of directories.entries()) {
    await copyGuests(shard, directory, guestOffsets[i] as number);
  }
  const sofar = await readRun(directory);
  const status = statusOf(sofar.totals, strayFindings(sofar).length);
  await journal.append({ event: "end", time: lastTime(journals), status, reason: "" });
  await journal.close();
  const run = await readRun(directory);
  await keepReports(run, directory);
  return { run, directory };
}

/** The shard's own copies: the store that its kernel was built into may be another machine's. */
async function keptFiles(shard: string): Promise<{ config?: string; buildLog?: string }> {
  const names = await readdir(shard);
  return {
    ...(names.includes("config") && { config: join(shard, "config") }),
    ...(names.includes("build.log") && { buildLog: join(shard, "build.log") }),
  };
}

async function copyGuests(shard: string, directory: string, offset: number): Promise<void> {
  for (const path of await readdir(shard)) {
    const [, number] = /^guest-(\d+)$/.exec(basename(path)) ?? [];
    if (number === undefined) continue;
    const target = join(directory, `guest-${Number(number) + offset}`);
    await cp(join(shard, path), target, { recursive: true });
  }
}

function lastTime(journals: readonly (readonly { readonly time: string }[])[]): string {
  const times = journals.flat().map(({ time }) => time);
  return times.sort().at(-1) ?? "";
}
