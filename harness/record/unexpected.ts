// What of a record is not as expected: it decides what becomes of a run, and what a report explains.
import { strayIn } from "../verdict/comparison.ts";
import type { Run, RunCase, RunFinding } from "./run-schema.ts";

const ORDER = ["regression", "flaky", "unexpected-pass", "unexpected-skip", "lost"] as const;

/**
 * The cases that are neither as expected nor known, the regressions first. Where the run itself
 * tells why it ended, the cases that it did not come to need no words of their own.
 */
export function unexpectedCases(run: Run): RunCase[] {
  const worthWords = ({ outcome }: RunCase) => run.reason === "" || outcome !== "not-run";
  return ORDER.flatMap((kind) =>
    run.cases.filter((one) => one.verdict === kind).filter(worthWords),
  );
}

/** Findings that no case owns, that no list allows and that the baseline does not have. */
export function strayFindings({ findings, baseline }: Run): RunFinding[] {
  const before = baseline?.findings ?? [];
  return strayIn(findings).filter(({ title }) => !before.includes(title));
}
