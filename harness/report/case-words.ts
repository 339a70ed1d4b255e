// What reports say of a case, and of what fails a run and is none.
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import { strayFindings } from "../record/unexpected.ts";

/** The findings of a case, in one of its repetitions. */
export function findingsOfCase(run: Run, { id, repetition }: RunCase): RunFinding[] {
  return run.findings.filter((one) => one.case === id && one.repetition === repetition);
}

/** The cases that the baseline has excused. */
export function excusedCases(run: Run): RunCase[] {
  return run.cases.filter((one) => one.excused !== undefined);
}

/** Passes of somebody else's tests that prove less than they seem; `because` says why. */
export function vacuousPasses(run: Run): RunCase[] {
  return run.cases.filter(
    ({ outcome, verdict, because }) => outcome === "pass" && verdict === "ok" && because !== "",
  );
}

/** Something that fails a run and is no case. */
export interface Beyond {
  readonly name: string;
  readonly message: string;
  readonly lines: readonly string[];
  /** A failure speaks of the kernel, an error of us. */
  readonly kind: "failure" | "error";
}

/** For formats that know nothing but results: what else must not look like a pass. */
export function beyondCases(run: Run): Beyond[] {
  const stray = strayFindings(run).map(({ title, lines }) => ({
    name: "the kernel log outside of cases",
    message: title,
    lines,
    kind: "failure" as const,
  }));
  if (run.reason === "") return stray;
  const [message = "", ...lines] = run.reason.split("\n");
  const kind = run.status === "untestable" ? "failure" : "error";
  return [...stray, { name: `the run is ${run.status}`, message, lines, kind }];
}

/** In a word: why a case is in a report. */
export function headline(one: RunCase): string {
  const { verdict, outcome, expected, because, flaky } = one;
  switch (verdict) {
    case "flaky":
      return `is flaky: ${failureWord(one)} in ${flaky?.failed} of ${flaky?.runs} runs`;
    case "unexpected-pass":
      return `passes, ${expected === "skip" ? "and should skip" : "and should fail"}: ${because}`;
    case "unexpected-skip":
      return expected === "fail" ? `skips, and should fail: ${because}` : "skips, and should not";
    case "lost":
      return outcome === "not-run" ? "was not run" : "could not be judged";
    default:
      return failureWord(one);
  }
}

function failureWord({ outcome }: RunCase): string {
  return { crash: "crashes", timeout: "does not end" }[outcome as string] ?? "fails";
}

/** A repetition is named only where there are several. */
export function caseName(run: Run, { id, repetition }: RunCase): string {
  // Repetitions follow one another: the last case is of the last of them.
  const repeated = (run.cases.at(-1)?.repetition ?? 0) > 0;
  return repeated ? `${id} (${repetition + 1})` : id;
}
