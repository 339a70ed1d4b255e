// What the verdict stage hands on.
import type { Outcome } from "../session/outcome.ts";

export const EXPECTED = ["pass", "fail", "skip"] as const;
export type Expected = (typeof EXPECTED)[number];

/** `flaky` is a regression in some of its runs: only a record of several knows. */
export const VERDICT_KINDS = [
  "ok",
  "regression",
  "unexpected-skip",
  "unexpected-pass",
  "known",
  "lost",
  "flaky",
] as const;

export type VerdictKind = (typeof VERDICT_KINDS)[number];

/** Whether somebody has to look at it. */
export function isUnexpected({ verdict }: { readonly verdict: VerdictKind }): boolean {
  return verdict !== "ok" && verdict !== "known";
}

/** An outcome held against its expectation. */
export interface Verdict extends Outcome {
  readonly expected: Expected;
  readonly verdict: VerdictKind;
  /** Why a failure or a skip is expected, with its reference; "" for an expected pass. */
  readonly because: string;
  /** What the verdict would be without the baseline that has excused it. */
  readonly excused?: VerdictKind;
}
