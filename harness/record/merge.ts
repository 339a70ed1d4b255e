// One journal from the journals of shards: what happened on several machines, as if on one.
import { UntestableKernelError, UsageError } from "../errors.ts";
import { deriveRun } from "./derive-run.ts";
import type { JournalEvent, PlannedCase, RunEvent, UnnamedRun } from "./journal-event.ts";

export type ReadJournal = readonly [RunEvent, ...JournalEvent[]];

export interface MergedJournal {
  /** Whose id is the caller's to give. */
  readonly begin: UnnamedRun;
  /** Without an end: its status is the caller's to say. */
  readonly events: readonly JournalEvent[];
  /** By how much the guests of each journal are renumbered. */
  readonly guestOffsets: readonly number[];
}

/**
 * @throws {UsageError} when the runs are not parts of one: another kernel, image, machine,
 *   baseline or selection, a case in two of them, a shard that is missing or interrupted
 * @throws {UntestableKernelError} when a shard's kernel could not be judged
 */
export function mergeJournals(journals: readonly ReadJournal[]): MergedJournal {
  const begins = journals.map(([begin]) => begin);
  for (const journal of journals) refuseUnfinished(journal);
  refuseMismatch(begins);
  refuseOverlap(begins);
  refuseMissing(begins);
  const guestOffsets = offsetsOf(journals);
  const first = earliest(begins);
  const { shard: _, ...job } = first.job;
  return {
    begin: { ...first, job, cases: inOrder(begins), shards: begins.map((one) => one.id) },
    events: journals.flatMap(([, ...events], i) =>
      events.filter(isKept).map((event) => renumber(event, guestOffsets[i] as number)),
    ),
    guestOffsets,
  };
}

function refuseUnfinished(journal: ReadJournal): void {
  const { id, status, reason } = deriveRun(journal);
  if (status === "interrupted") {
    throw new UsageError(`${id} was interrupted. Finish it: npx uffdwp resume ${id}`);
  }
  if (status === "untestable") {
    throw new UntestableKernelError(`${id} has no verdicts, its kernel is untestable: ${reason}`);
  }
}

/** What parts of one run have in common, in words. */
const COMMON: Readonly<Record<string, (begin: RunEvent) => unknown>> = {
  kernel: ({ kernel }) => kernel.buildId ?? kernel.key,
  configuration: ({ kernel }) => kernel.configHash,
  "set of cases": ({ image }) => image,
  machine: ({ machine }) => JSON.stringify(machine),
  "number of repetitions": ({ job }) => job.repeat,
  baseline: ({ baseline }) => baseline?.id,
  "allow list": ({ allow }) => JSON.stringify(allow ?? []),
};

/**
 * What shards of one run have in common beside it: the parts of two selections are no whole, however
 * well their numbers fit. Directories of own cases may lie elsewhere; the image has what is in them.
 */
const COMMON_OF_SHARDS: typeof COMMON = {
  "--suite": ({ job }) => [...job.suites].sort().join(", ") || "all",
  "--case": ({ job }) => [...job.cases].sort().join(", ") || "all",
  "time limit": ({ job: { timeouts } }) =>
    Object.entries(timeouts)
      .map(([of, seconds]) => `${of} ${seconds} s`)
      .sort()
      .join(", ") || "usual",
};

function refuseMismatch([first, ...others]: readonly RunEvent[]): void {
  for (const other of others) {
    const areShards = first?.job.shard !== undefined && other.job.shard !== undefined;
    const common = areShards ? { ...COMMON, ...COMMON_OF_SHARDS } : COMMON;
    for (const [what, of] of Object.entries(common)) {
      if (!first || of(first) === of(other)) continue;
      const [one, two] = [of(first), of(other)].map((value) => value ?? "none");
      throw new UsageError(
        `${first.id} and ${other.id} can't be merged: another ${what}.\n  ${one}\n  ${two}`,
      );
    }
  }
}

function refuseOverlap(begins: readonly RunEvent[]): void {
  const owners = new Map<string, string>();
  for (const begin of begins) {
    for (const { id } of begin.cases) {
      const owner = owners.get(id);
      if (owner) {
        throw new UsageError(
          `The case ${id} is in ${owner} and in ${begin.id}. Leave one of them out: a case has one verdict a run.`,
        );
      }
      owners.set(id, begin.id);
    }
  }
}

/** Runs of cases that somebody chose by hand have no shard and miss nothing. */
function refuseMissing(begins: readonly RunEvent[]): void {
  const shards = begins.flatMap(({ job }) => (job.shard === undefined ? [] : [job.shard]));
  const counts = [...new Set(shards.map((shard) => shard.split("/")[1]))];
  const [count] = counts;
  if (counts.length > 1) {
    throw new UsageError(
      `Shards of ${counts.join(" and of ")} don't fit. Merge those of one split, 1/${count} to ${count}/${count}.`,
    );
  }
  const all = Array.from({ length: Number(count ?? 0) }, (_, i) => `${i + 1}/${count}`);
  const missing = all.filter((shard) => !shards.includes(shard));
  if (missing.length === 0) return;
  throw new UsageError(
    `Missing: shard ${missing.join(", shard ")}. Name its run as well; where it has none: npx uffdwp run --shard ${missing[0]}`,
  );
}

/** Suites in the order in which the shards have them, and in each the cases by id. */
function inOrder(begins: readonly RunEvent[]): PlannedCase[] {
  const cases = begins.flatMap((begin) => begin.cases);
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const rank = (one: PlannedCase) => suites.indexOf(one.suite);
  return cases.sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
}

function offsetsOf(journals: readonly ReadJournal[]): number[] {
  let next = 0;
  return journals.map(([, ...events]) => {
    const offset = next;
    const numbers = events.map((event) =>
      event.event === "guest" || event.event === "boot-failed" ? event.number : -1,
    );
    next += Math.max(-1, ...numbers) + 1;
    return offset;
  });
}

/** That a shard was resumed or came to its end says nothing about the whole. */
function isKept({ event }: JournalEvent): boolean {
  return event !== "end" && event !== "resumed" && event !== "run";
}

function renumber(event: JournalEvent, offset: number): JournalEvent {
  const shift = (guest: number) => (guest < 0 ? guest : guest + offset);
  switch (event.event) {
    case "guest":
    case "boot-failed":
      return { ...event, number: shift(event.number) };
    case "begin":
    case "finding":
      return { ...event, guest: shift(event.guest) };
    case "verdict":
    case "confirmation":
      return { ...event, verdict: { ...event.verdict, guest: shift(event.verdict.guest) } };
    default:
      return event;
  }
}

function earliest(begins: readonly RunEvent[]): RunEvent {
  return [...begins].sort((a, b) => (a.time < b.time ? -1 : 1))[0] as RunEvent;
}
