// From how a case ended to its outcome: exit status, KTAP and kernel log must agree.
import { constants } from "node:os";
import type { CaseRun } from "../guest/guest.ts";
import { parseKtap } from "../ktap/parse.ts";
import type { KtapResult } from "../ktap/result.ts";
import { flatten } from "../ktap/totals.ts";
import { KSFT } from "./kselftest-status.ts";
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
  const { results, errors, lost } = parseKtap(output);
  const [result, second] = results;
  if (!result || second || result.name !== id) {
    return { outcome: "error", reason: notOneResult(results, exitCode) };
  }
  const said = whatItSays(result);
  if (said.outcome !== "pass" && said.outcome !== "skip") return said;
  if (lost > 0) return { outcome: "error", reason: errors.join("; ") };
  return agreeing(said, exitCode ?? 0);
}

/** A case is no better than what stands below it. */
function whatItSays(result: KtapResult): Judged {
  const outcome = outcomeOfResult(result);
  if (outcome === "pass" || outcome === "skip") {
    const bad = failureBelow(result);
    if (bad) return bad;
  }
  const reason = result.reason || result.diagnostics.join("; ");
  return { outcome, reason: outcome === "pass" ? "" : reason };
}

function failureBelow(result: KtapResult): Judged | undefined {
  for (const below of flatten([result])) {
    const outcome = outcomeOfResult(below);
    if (outcome === "pass" || outcome === "skip" || below.path.length === 1) continue;
    const what = [below.path.slice(1).join(" / "), below.reason || below.diagnostics.join("; ")];
    return { outcome, reason: what.filter(Boolean).join(": ") };
  }
  return undefined;
}

/** Some programs end a skip with KSFT_SKIP, and some with 0. */
function agreeing(said: Judged, exitCode: number): Judged {
  const says = said.outcome === "skip" ? "skip" : "ok";
  if (exitCode === 0 || (says === "skip" && exitCode === KSFT.skip)) return said;
  return { outcome: "error", reason: `it says ${says} and exits with ${exitCode}` };
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
  // A case that lost its way on a kernel that has splatted is no fault of the harness.
  if (judged.outcome === "error") {
    return { outcome: "fail", reason: `${judged.reason}; ${first.title}` };
  }
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
