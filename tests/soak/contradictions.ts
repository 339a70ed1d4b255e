// The record of a run, held against what was planned and what was done to the machine meanwhile.
import type { Run } from "../../harness/record/run-schema.ts";

/** What must be known of a run to believe no word of its record. */
export interface Staged {
  /** The ids of all cases, each to be run once. */
  readonly planned: readonly string[];
  /** What the machine's faults make of the cases that they have hit. */
  readonly hits: ReadonlyMap<string, "crash" | "timeout">;
  /** Ids of the verdicts in the journal, as they stand there. */
  readonly verdicts: readonly string[];
  /** How the last command ended, and how it should have. */
  readonly exitCode: number | undefined;
  readonly expectedExitCode: number;
}

/** Cases that end their own guest, and what its kernel has to say to that. */
export const FATAL: ReadonlyMap<string, string | undefined> = new Map([
  ["fault/sysrq-panic", "sysrq triggered crash"],
  ["fault/kill-runner", "Attempted to kill init"],
  ["fault/reboot", undefined],
]);

/** What the record says that is not so, or leaves out. */
export function contradictions(run: Run, staged: Staged): string[] {
  const { planned, hits, verdicts, exitCode, expectedExitCode } = staged;
  const recorded = run.cases.map(({ id }) => id);
  const lines = [
    ...planned.filter(notIn(recorded)).map((id) => `${id} is planned and not recorded`),
    ...recorded.filter(notIn(planned)).map((id) => `${id} is recorded and was not planned`),
    ...twice(recorded).map((id) => `${id} is recorded twice`),
    ...twice(verdicts).map((id) => `${id} has two verdicts`),
    ...run.cases.flatMap((one) => wrongOutcome(one, hits)),
    ...run.findings.flatMap(uncausedFinding),
    ...missingFindings(run, hits),
  ];
  if (run.status !== "failed") lines.push(`the run is ${run.status}, ${run.reason}`);
  if (exitCode !== expectedExitCode) lines.push(`exit code ${exitCode}, not ${expectedExitCode}`);
  return lines;
}

/** Exactly the cases that something has happened to fail, each as it must. */
function wrongOutcome({ id, outcome, verdict }: Run["cases"][number], hits: Staged["hits"]) {
  const due = hits.get(id) ?? (FATAL.has(id) ? "crash" : undefined);
  const fits = due ? outcome === due && verdict === "regression" : EXPECTED.has(verdict);
  return fits ? [] : [`${id} is ${outcome}, ${verdict}, where ${due ?? "nothing"} was caused`];
}

const EXPECTED: ReadonlySet<string> = new Set(["ok", "known"]);

/** Who kills or stops QEMU leaves nothing in the kernel log. */
function uncausedFinding({ title, case: owner }: Run["findings"][number]): string[] {
  const cause = owner === null ? undefined : FATAL.get(owner);
  if (cause !== undefined && title.includes(cause)) return [];
  return [`${title} in ${owner ?? "no case"} has no cause`];
}

/** QEMU may have been gone before the kernel could say anything. */
function missingFindings({ findings }: Run, hits: Staged["hits"]): string[] {
  return [...FATAL].flatMap(([id, title]) => {
    const silent = title === undefined || hits.has(id);
    return silent || findings.some((one) => one.case === id) ? [] : [`${id} has no finding`];
  });
}

function notIn(ids: readonly string[]): (id: string) => boolean {
  const known = new Set(ids);
  return (id) => !known.has(id);
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}
