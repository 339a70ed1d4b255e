// From how a case ended to its outcome: exit status, KTAP and kernel log must agree.
import { constants } from "node:os";
import type { CaseRun } from "../guest/guest.ts";
import { parseKtap } from "../ktap/parse.ts";
import type { KtapResult } from "../ktap/result.ts";
import type { Outcome, OutcomeKind } from "./outcome.ts";

type Judged = Pick<Outcome, "outcome" | "reason">;

/** What is kept of a case's output in the record, in characters. */
const OUTPUT_KEPT = 16 * 1024;

/** The outcome, reason, findings and output of one case's run. */
export function outcomeOf(id: string, run: CaseRun): Judged & Pick<Outcome, "findings" | "output"> {
  const { findings } = run;
  const judged = withFindings(judge(id, run), run);
  return { ...judged, findings, output: run.output.slice(-OUTPUT_KEPT) };
}

function judge(id: string, run: CaseRun): Judged {
  if (run.kind === "lost") {
    return { outcome: run.how === "died" ? "crash" : "timeout", reason: run.reason };
  }
  if (run.timedOut) {
    return { outcome: "timeout", reason: "the guest ended it at its time limit" };
  }
  if (run.signal !== undefined) {
    return { outcome: "crash", reason: `killed by ${signalName(run.signal)}` };
  }
  const results = parseKtap(run.output).results;
  const [result, second] = results;
  if (!result || second || result.name !== id) {
    return { outcome: "error", reason: notOneResult(results, run.exitCode) };
  }
  return judgeResult(result, run.exitCode ?? 0);
}

function judgeResult(result: KtapResult, exitCode: number): Judged {
  const outcome = outcomeOfResult(result);
  const reason = result.reason || result.diagnostics.join("; ");
  if (outcome === "pass" && exitCode !== 0) {
    return { outcome: "error", reason: `it says ok and exits with ${exitCode}` };
  }
  return { outcome, reason: outcome === "pass" ? "" : reason };
}

function outcomeOfResult({ ok, directive }: KtapResult): OutcomeKind {
  if (directive === "skip" || directive === "error" || directive === "timeout") return directive;
  return ok ? "pass" : "fail";
}

/** A finding in the kernel log makes a case fail even when it says ok. */
function withFindings(judged: Judged, { findings }: CaseRun): Judged {
  const [first] = findings;
  if (!first) return judged;
  const passed = judged.outcome === "pass" || judged.outcome === "skip";
  if (passed) return { outcome: "fail", reason: first.title };
  const lost = judged.outcome === "crash" || judged.outcome === "timeout";
  return lost ? { ...judged, reason: first.title } : judged;
}

function notOneResult(results: readonly KtapResult[], exitCode: number | undefined): string {
  if (results.length === 0) return `it printed no result and exited with ${exitCode}`;
  const names = results.map((result) => result.name).join(", ");
  return `it answered for something else: ${names.slice(0, 200)}`;
}

function signalName(number: number): string {
  const names = Object.entries(constants.signals);
  return names.find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
