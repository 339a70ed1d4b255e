// From a journal to the run it describes: nothing in run.json comes from anywhere else.
import type { Kernel } from "../kernel/kernel.ts";
import type { Finding } from "../klog/finding.ts";
import { jobFrom } from "../plan/job.ts";
import { requestOf } from "../plan/request.ts";
import { type Baseline, judgeFlakyAgainst } from "../verdict/baseline.ts";
import { countVerdicts } from "../verdict/status.ts";
import type { Verdict } from "../verdict/verdict.ts";
import { tellFlaky } from "./flakiness.ts";
import type { JournalEvent, PlannedCase, RunEvent } from "./journal-event.ts";
import { lastVerdicts, turnName } from "./last-verdicts.ts";
import { type Run, type RunCase, type RunFinding, runSchema } from "./run-schema.ts";

/** What a record keeps of a splat, in lines. */
const LINES = 60;

/** A run without an end was interrupted; what it had not come to was not run. */
export function deriveRun([begin, ...events]: readonly [RunEvent, ...JournalEvent[]]): Run {
  const verdicts = lastVerdicts(events);
  const end = events.findLast((one) => one.event === "end" || one.event === "resumed");
  const ended = end?.event === "end" ? end : undefined;
  const confirmations = events.flatMap((one) =>
    one.event === "confirmation" ? [one.verdict] : [],
  );
  const planned = inPlannedOrder(begin, verdicts, beginnings(events));
  const cases = judgeFlakyAgainst(begin.baseline, tellFlaky(planned, confirmations));
  const stray = events.flatMap((one) =>
    one.event === "finding" ? [recordFinding(one.finding, null, 0, one.guest)] : [],
  );
  const owned = verdicts.flatMap(({ findings, id, repetition, guest }) =>
    findings.map((finding) => recordFinding(finding, id, repetition, guest)),
  );
  return runSchema.parse({
    schema: 1,
    id: begin.id,
    started: begin.time,
    finished: ended?.time ?? null,
    status: ended?.status ?? "interrupted",
    reason: ended?.reason ?? "",
    request: requestOf(jobFrom(begin.job)),
    machine: begin.machine,
    kernel: recordKernel(begin.kernel),
    shards: [...(begin.shards ?? [])],
    baseline: begin.baseline ? briefly(begin.baseline) : null,
    guests: events.flatMap((one) => (one.event === "guest" ? [{ ...one, up: one.time }] : [])),
    failedBoots: events.flatMap((one) => (one.event === "boot-failed" ? [one] : [])),
    cases,
    findings: [...stray, ...owned],
    totals: countVerdicts(cases.map(({ verdict }) => verdict)),
  });
}

function recordKernel({ buildId, commit, patches, content, ...kernel }: Kernel) {
  const known = { buildId: buildId ?? null, commit: commit ?? null, content: content ?? null };
  return { ...kernel, ...known, patches: patches ?? [] };
}

function briefly({ id, findings }: Baseline): Run["baseline"] {
  return { id, findings: [...findings] };
}

/** The turns of a run that have a verdict already, as `id` and repetition. */
export function doneTurns(events: readonly JournalEvent[]): Set<string> {
  const done = events.flatMap((one) => (one.event === "verdict" ? [one.verdict] : []));
  return new Set(done.map(turnName));
}

/** The number of the next guest: no log of an earlier one is overwritten. */
export function nextGuest({ guests, failedBoots }: Run): number {
  return Math.max(-1, ...[...guests, ...failedBoots].map(({ number }) => number)) + 1;
}

/** When each turn began, for the last time where it began twice. */
function beginnings(events: readonly JournalEvent[]): Map<string, string> {
  return new Map(
    events.flatMap((one) => (one.event === "begin" ? [[turnName(one), one.time]] : [])),
  );
}

/** Each planned case, after the results that it has printed where it is a program of many. */
function inPlannedOrder(
  { cases, job }: RunEvent,
  verdicts: readonly Verdict[],
  began: ReadonlyMap<string, string>,
): RunCase[] {
  const byTurn = new Map(verdicts.map((verdict) => [turnName(verdict), verdict]));
  const printed = verdicts.filter((one) => one.resultOf);
  return Array.from({ length: job.repeat }, (_, repetition) => repetition).flatMap((repetition) =>
    cases.flatMap((planned) => {
      const turn = turnName({ id: planned.id, repetition });
      const started = began.get(turn) ?? null;
      const results = printed.filter(
        (one) => one.resultOf?.program === planned.id && one.repetition === repetition,
      );
      const own = byTurn.get(turn);
      return [
        ...results.map((one) => recordCase(one.resultOf?.title ?? "", one, started)),
        own ? recordCase(planned.title, own, started) : notRun(planned, repetition),
      ];
    }),
  );
}

function recordCase(
  title: string,
  { resultOf, ...verdict }: Verdict,
  started: string | null,
): RunCase {
  const output = verdict.verdict === "ok" ? "" : verdict.output;
  const findings = verdict.findings.map((finding) => finding.title);
  return { ...verdict, title, output, started, findings, flaky: null, confirmed: 0 };
}

function notRun({ id, suite, title }: PlannedCase, repetition: number): RunCase {
  return {
    id,
    suite,
    title,
    repetition,
    outcome: "not-run",
    expected: "pass",
    verdict: "lost",
    reason: "the run ended before it",
    because: "",
    started: null,
    durationMs: 0,
    guest: -1,
    findings: [],
    output: "",
    flaky: null,
    confirmed: 0,
  };
}

function recordFinding(
  finding: Finding,
  owner: string | null,
  repetition: number,
  guest: number,
): RunFinding {
  const { title, kind, line, endLine, corrupted, lines, count = 1, allowed = null } = finding;
  return {
    title,
    kind,
    case: owner,
    repetition,
    guest,
    file: `guest-${guest}/console.log`,
    line,
    endLine,
    corrupted,
    count,
    allowed,
    lines: lines.slice(0, LINES),
  };
}
