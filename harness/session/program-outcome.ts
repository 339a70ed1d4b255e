// A program that prints many results: each is a case, and how the program ended is one as well.
import type { CaseRun } from "../guest/guest.ts";
import { idPart } from "../image/kselftest/spec.ts";
import { parseKtap } from "../ktap/parse.ts";
import type { KtapDocument } from "../ktap/result.ts";
import { type FlatResult, flatten } from "../ktap/totals.ts";
import {
  type EndedRun,
  type Judged,
  judgeRun,
  keptOutput,
  outcomeOfResult,
} from "./case-outcome.ts";
import { KSFT } from "./kselftest-status.ts";
import type { Outcome } from "./outcome.ts";

type ProgramOutcome = Omit<Outcome, "suite" | "repetition" | "guest">;

/** What a failure quotes of the lines that came before it. */
const REASON_LINES = 3;

/**
 * The outcomes of a program's results, and last the program's own: whether it ran to its end, and
 * whether its exit status agrees with what it printed. A program without any result has nothing
 * but that status.
 */
export function resultsOf(id: string, run: CaseRun): ProgramOutcome[] {
  const document = parseKtap(run.output);
  const results = nameResults(id, flatten(document.results).map(withoutSkipReason)).map(
    ({ name, result }) => ({
      id: name,
      durationMs: 0,
      findings: [],
      output: "",
      outcome: outcomeOfResult(result),
      reason: result.reason || (result.ok ? "" : whatItSaid(result)),
      resultOf: { program: id, title: result.path.join(" / ") },
    }),
  );
  const own = judgeRun(run, (ended) => judgeEnd(document, results, ended));
  const { durationMs, findings } = run;
  return [...results, { id, durationMs, ...own, findings, output: keptOutput(run) }];
}

/** The last lines before a failure, without what kselftest.h prints whenever a child exits. */
function whatItSaid({ diagnostics }: FlatResult): string {
  const said = diagnostics.filter(
    (line) => !/^(Totals:|Planned tests |\d+ skipped test)/.test(line),
  );
  return said.slice(-REASON_LINES).join("; ");
}

/**
 * ksft_test_result_skip("%s (%s)") leaves the reason in the name, and the name must be the same
 * whether the test skips or not: what stands last in parentheses and reads like a sentence goes.
 */
function withoutSkipReason(result: FlatResult): FlatResult {
  const name = result.path.at(-1) ?? "";
  const begin = name.lastIndexOf(" (");
  if (result.directive !== "skip" || result.reason !== "" || begin < 1) return result;
  const [stable, reason] = [name.slice(0, begin), name.slice(begin + 2, -1)];
  const isSentence = name.endsWith(")") && !/[()]/.test(reason) && /[a-z] /.test(reason);
  if (!isSentence || reason.startsWith("with ")) return result;
  return { ...result, path: [...result.path.slice(0, -1), stable], reason };
}

/** The second result of a name is `name.2`: the order of a program's results is its own. */
function nameResults(id: string, results: readonly FlatResult[]) {
  const seen = new Map<string, number>();
  return results.map((result) => {
    const name = [id, ...result.path.map(idPart)].join("/");
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { name: times === 1 ? name : `${name}.${times}`, result };
  });
}

function judgeEnd(
  { errors, lost }: KtapDocument,
  results: readonly ProgramOutcome[],
  { exitCode }: EndedRun,
): Judged {
  if (lost > 0) return { outcome: "error", reason: errors.join("; ") };
  const failed = results.filter((one) => one.outcome === "fail").length;
  switch (exitCode) {
    case KSFT.pass:
    case KSFT.xfail:
    case KSFT.xpass:
      return failed === 0
        ? { outcome: "pass", reason: "" }
        : { outcome: "error", reason: `it exits with ${exitCode} although ${failed} failed` };
    case KSFT.skip:
      return results.some((one) => one.outcome !== "skip")
        ? { outcome: "pass", reason: "" }
        : { outcome: "skip", reason: "it exits with 4: nothing of it was run" };
    default:
      // Its failures are told already, each by itself.
      return failed > 0
        ? { outcome: "pass", reason: "" }
        : { outcome: "fail", reason: `it exits with ${exitCode} and names no failure` };
  }
}
