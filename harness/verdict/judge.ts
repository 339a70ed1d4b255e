// An outcome held against its expectation.
import type { Finding } from "../klog/finding.ts";
import type { Outcome, OutcomeKind } from "../session/outcome.ts";
import type { Expectation } from "./expectation.ts";
import { matchesTitle } from "./finding-title.ts";
import type { Verdict, VerdictKind } from "./verdict.ts";

/** What a kernel says of a task that goes nowhere. */
const HANGS: readonly string[] = ["lockup", "rcu-stall", "hung-task"];

export function judge(outcome: Outcome, expectation: Expectation): Verdict {
  const { expected, because } = expectation;
  const verdict = verdictOf(outcome.outcome, expectation);
  const splat = outcome.findings.find((one) => !isExpected(one, outcome, expectation));
  if (!splat || verdict === "regression") return { ...outcome, expected, because, verdict };
  const reason = withTitle(outcome.reason, splat.title);
  return { ...outcome, reason, expected, because, verdict: "regression" };
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

/**
 * A known bug excuses no other: a splat is expected where its entry names it. One that expects a hang
 * expects what tells of it as well; a crash ends in a panic, and may begin with anything unless its
 * entry says with what.
 */
function isExpected(
  { title, kind, allowed }: Finding,
  { outcome }: Outcome,
  { expected, outcomes, findings = [] }: Expectation,
): boolean {
  if (allowed !== undefined) return true;
  if (expected !== "fail") return false;
  if (findings.some((pattern) => matchesTitle(pattern, title))) return true;
  if (outcome === "timeout") return outcomes.includes(outcome) && HANGS.includes(kind);
  if (outcome !== "crash" || !outcomes.includes(outcome)) return false;
  return findings.length === 0 || kind === "panic";
}

function withTitle(reason: string, title: string): string {
  if (reason.includes(title)) return reason;
  return reason === "" ? title : `${reason}; ${title}`;
}
