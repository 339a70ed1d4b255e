// From how a case ended to its outcome: exit status, KTAP and kernel log must agree.
import { constants } from "node:os";
import type { CaseRun } from "../guest/guest.ts";
import { parseKtap } from "../ktap/parse.ts";
import type { KtapResult } from "../ktap/result.ts";
import type { Outcome, OutcomeKind } from "./outcome.ts";

export type EndedRun = Extract<CaseRun, { kind: "ended" }>;
export type Judged = Pick<Outcome, "outcome" | "reason">;

/** What is kept of a case's output in the record, in characters. */
const OUTPUT_KEPT = 16 * 1024;

/** The outcome, reason, findings and output of one case's run. */
export function outcomeOf(id: string, run: CaseRun): Judged & Pick<Outcome, "findings" | "output"> {
  const judged = judgeRun(run, (ended) => judge(id, ended));
  return { ...judged, findings: run.findings, output: keptOutput(run) };
}

/** What a run comes to; `judge` is asked about one that came to its own end. */
export function judgeRun(run: CaseRun, judge: (ended: EndedRun) => Judged): Judged {
  return withFindings(endOf(run) ?? judge(run as EndedRun), run);
}

/** How a run ended that did not come to its own end. */
function endOf(run: CaseRun): Judged | undefined {
  if (run.kind === "lost") {
    return { outcome: run.how === "died" ? "crash" : "timeout", reason: run.reason };
  }
  if (run.timedOut) {
    return { outcome: "timeout", reason: "the guest ended it at its time limit" };
  }
  if (run.signal !== undefined) {
    return { outcome: "crash", reason: `killed by ${signalName(run.signal)}` };
  }
  return undefined;
}

/** The end of the output tells more than its beginning. */
export function keptOutput({ output }: CaseRun): string {
  return output.slice(-OUTPUT_KEPT);
}

function judge(id: string, { output, exitCode }: EndedRun): Judged {
  const results = parseKtap(output).results;
  const [result, second] = results;
  if (!result || second || result.name !== id) {
    return { outcome: "error", reason: notOneResult(results, exitCode) };
  }
  return judgeResult(result, exitCode ?? 0);
}

function judgeResult(result: KtapResult, exitCode: number): Judged {
  const outcome = outcomeOfResult(result);
  const reason = result.reason || result.diagnostics.join("; ");
  if (outcome === "pass" && exitCode !== 0) {
    return { outcome: "error", reason: `it says ok and exits with ${exitCode}` };
  }
  return { outcome, reason: outcome === "pass" ? "" : reason };
}

/** What one line of KTAP says. */
export function outcomeOfResult({
  ok,
  directive,
}: Pick<KtapResult, "ok"> & { readonly directive?: string | null | undefined }): OutcomeKind {
  if (directive === "skip" || directive === "error" || directive === "timeout") return directive;
  // What a program expects to fail is no failure to whoever runs it.
  return ok || directive === "xfail" || directive === "todo" ? "pass" : "fail";
}

/** A finding in the kernel log makes a case fail even when it says ok, unless it is allowed. */
function withFindings(judged: Judged, { findings }: CaseRun): Judged {
  const first = findings.find(({ allowed }) => allowed === undefined);
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
