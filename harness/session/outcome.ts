// What the session stage hands on.
import type { Finding } from "../klog/finding.ts";

/** What happened to a case, before anybody asks what should have happened. */
export const OUTCOME_KINDS = [
  "pass",
  "fail",
  "skip",
  "crash",
  "timeout",
  "error",
  "not-run",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

export interface Outcome {
  readonly id: string;
  readonly suite: string;
  /** Which repetition, from 0. */
  readonly repetition: number;
  readonly outcome: OutcomeKind;
  /** What the case, the kernel log or the harness says about it; "" for a plain pass. */
  readonly reason: string;
  readonly durationMs: number;
  /** The guest's number, from 0; its logs lie in guest-N/. -1 when no guest ran it. */
  readonly guest: number;
  /** What the kernel log said while the case ran. */
  readonly findings: readonly Finding[];
  /** The case's own output, the last 16 KiB of it. */
  readonly output: string;
  /** Set for a case that nobody planned: a result that a program of many results has printed. */
  readonly resultOf?: { readonly program: string; readonly title: string };
}
