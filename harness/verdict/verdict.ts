// What the verdict stage hands on.
import type { Outcome } from "../session/outcome.ts";

export type Expected = "pass" | "fail" | "skip";
export type VerdictKind =
  | "ok"
  | "regression"
  | "unexpected-skip"
  | "unexpected-pass"
  | "known"
  | "lost"
  /** A regression in some of its runs: only a record of several knows. */
  | "flaky";

/** An outcome held against its expectation. */
export interface Verdict extends Outcome {
  readonly expected: Expected;
  readonly verdict: VerdictKind;
  /** Why a failure or a skip is expected, with its reference; "" for an expected pass. */
  readonly because: string;
  /** What the verdict would be without the baseline that has excused it. */
  readonly excused?: VerdictKind;
}
