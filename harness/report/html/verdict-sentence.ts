// The verdict in one sentence: what somebody reads who reads no more.
import type { Run } from "../../record/run-schema.ts";
import { strayFindings } from "../../record/unexpected.ts";

export function verdictSentence(run: Run): string {
  const kernel = subject(run);
  const { ok, known } = run.totals;
  switch (run.status) {
    case "passed":
      return `${kernel} keeps write-protection: ${cases(ok + known)} as expected${known ? `, ${known} of them known bugs` : ""}.`;
    case "failed":
      return `${kernel} does not behave as expected: ${problems(run)}.`;
    case "untestable":
      return `${kernel} can't be judged.`;
    case "error":
      return `Nothing can be said about ${kernel}: the harness or the machine failed.`;
    case "interrupted":
      return `The run on ${kernel} was interrupted after ${cases(doneOf(run))} of ${run.cases.length}.`;
  }
}

function problems(run: Run): string {
  const { regression, flaky, unexpectedPass, unexpectedSkip, lost } = run.totals;
  const stray = strayFindings(run).length;
  const parts: [number, string][] = [
    [regression, `${cases(regression)} ${regression === 1 ? "fails" : "fail"}`],
    [flaky, `${cases(flaky)} ${flaky === 1 ? "fails" : "fail"} now and then`],
    [
      unexpectedPass,
      `${cases(unexpectedPass)} ${unexpectedPass === 1 ? "passes" : "pass"} that should not`,
    ],
    [
      unexpectedSkip,
      `${cases(unexpectedSkip)} ${unexpectedSkip === 1 ? "skips" : "skip"} that should not`,
    ],
    [stray, `the kernel complains outside of cases`],
    [lost, `${cases(lost)} could not be judged`],
  ];
  return parts.flatMap(([n, words]) => (n > 0 ? [words] : [])).join(", ");
}

function subject({ kernel }: Run): string {
  const name = kernel.release ? `Linux ${kernel.release}` : kernel.source;
  const n = kernel.series.length;
  return n === 0 ? name : `${name} with ${n} ${n === 1 ? "patch" : "patches"}`;
}

function doneOf({ cases }: Run): number {
  return cases.filter(({ outcome }) => outcome !== "not-run").length;
}

function cases(n: number): string {
  return `${n} ${n === 1 ? "case" : "cases"}`;
}
