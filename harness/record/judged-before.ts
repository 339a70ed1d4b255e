// Finds the run that has judged the same already: same kernel, image, cases, machine.
import { open } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "../process/content-hash.ts";
import { JOURNAL } from "./journal.ts";
import type { RunEvent, UnnamedRun } from "./journal-event.ts";
import { readRun } from "./read-run.ts";
import { listRuns } from "./results.ts";

/** A first line names all cases: some 100 bytes each. */
const FIRST_LINE = 1 << 20;

/**
 * The newest run of `results` that came to its end with a verdict on every case, and whose journal
 * begins as this one would; undefined when there is none. What was lost is judged again.
 */
export async function judgedBefore(
  results: string,
  begin: UnnamedRun,
): Promise<string | undefined> {
  const wanted = contentOf(begin);
  for (const directory of (await listRuns(results)).reverse()) {
    const recorded = await firstEvent(directory);
    if (!recorded || contentOf(recorded) !== wanted) continue;
    const { status, totals } = await readRun(directory);
    if ((status === "passed" || status === "failed") && totals.lost === 0) return directory;
  }
  return undefined;
}

/** All that a verdict depends on. The image holds the cases, and what is expected of them. */
function contentOf(begin: UnnamedRun): string {
  const { kernel, image, machine, cases, job, baseline, allow = [], schema } = begin;
  const { repeat, timeouts } = job;
  const ids = cases.map(({ id }) => id);
  return hashOf(
    String(schema),
    ...kernelContent(kernel),
    image,
    // The globs say which results of a program of many count.
    JSON.stringify([machine, ids, job.cases, repeat, timeouts, baseline ?? null, allow]),
  );
}

/** What comes into memory, where it is known: other names of the same kernel are the same kernel. */
function kernelContent({ content, key, buildId, configHash }: RunEvent["kernel"]): string[] {
  return content ? [content, configHash] : [key, buildId ?? "", configHash];
}

/** Undefined for what is no run of ours. */
async function firstEvent(directory: string): Promise<RunEvent | undefined> {
  const file = await open(join(directory, JOURNAL));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_LINE), 0, FIRST_LINE, 0);
    const text = buffer.toString("utf8", 0, bytesRead);
    const event = JSON.parse(text.slice(0, text.indexOf("\n")));
    return event.event === "run" ? event : undefined;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
