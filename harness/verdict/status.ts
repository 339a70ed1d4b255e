// What all verdicts of a run add up to.
import type { VerdictKind } from "./verdict.ts";

export type RunStatus = "passed" | "failed" | "untestable" | "error" | "interrupted";

export interface VerdictTotals {
  readonly ok: number;
  readonly regression: number;
  readonly known: number;
  readonly unexpectedSkip: number;
  readonly unexpectedPass: number;
  readonly lost: number;
  readonly flaky: number;
}

export function countVerdicts(verdicts: readonly VerdictKind[]): VerdictTotals {
  const count = (kind: VerdictKind) => verdicts.filter((one) => one === kind).length;
  return {
    ...{ ok: count("ok"), regression: count("regression"), known: count("known") },
    ...{ unexpectedSkip: count("unexpected-skip"), unexpectedPass: count("unexpected-pass") },
    ...{ lost: count("lost"), flaky: count("flaky") },
  };
}

/**
 * The status of a run that came to its end: one unexpected result, or one splat that no case owns,
 * fails it; lost cases alone are the harness's fault, not the kernel's.
 */
export function statusOf(totals: VerdictTotals, strayFindings: number): RunStatus {
  const { regression, flaky, unexpectedSkip, unexpectedPass, lost } = totals;
  if (regression + flaky + unexpectedSkip + unexpectedPass + strayFindings > 0) return "failed";
  return lost > 0 ? "error" : "passed";
}
