// What all verdicts of a run add up to.
import { z } from "zod";
import type { VerdictKind } from "./verdict.ts";

export const RUN_STATUSES = ["passed", "failed", "untestable", "error", "interrupted"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** How many cases have which verdict. */
export const totalsSchema = z.object({
  ok: z.int(),
  regression: z.int(),
  known: z.int(),
  unexpectedSkip: z.int(),
  unexpectedPass: z.int(),
  lost: z.int(),
  flaky: z.int(),
});

export type VerdictTotals = z.infer<typeof totalsSchema>;

export function countVerdicts(verdicts: readonly VerdictKind[]): VerdictTotals {
  const count = (kind: VerdictKind) => verdicts.filter((one) => one === kind).length;
  return {
    ok: count("ok"),
    regression: count("regression"),
    known: count("known"),
    unexpectedSkip: count("unexpected-skip"),
    unexpectedPass: count("unexpected-pass"),
    lost: count("lost"),
    flaky: count("flaky"),
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
