// An outcome held against its expectation.
import type { Outcome, OutcomeKind } from "../session/outcome.ts";
import type { Expectation } from "./expectation.ts";
import type { Verdict, VerdictKind } from "./verdict.ts";

export function judge(outcome: Outcome, expectation: Expectation): Verdict {
  const { expected, because } = expectation;
  return { ...outcome, expected, because, verdict: verdictOf(outcome.outcome, expectation) };
}

/** A case that was not run, or could not set its scene, says nothing about the kernel: it is lost. */
function verdictOf(outcome: OutcomeKind, { expected, outcomes }: Expectation): VerdictKind {
  switch (outcome) {
    case "error":
    case "not-run":
      return "lost";
    case "pass":
      return expected === "pass" ? "ok" : "unexpected-pass";
    case "skip":
      return expected === "skip" ? "ok" : "unexpected-skip";
    default:
      return expected === "fail" && outcomes.includes(outcome) ? "known" : "regression";
  }
}
