// uffdwp history: a case over all runs, or which cases are not to be relied on.
import { Command } from "commander";
import { UsageError } from "../errors.ts";
import { type CaseHistory, caseHistory } from "../history/case-history.ts";
import { withHistory } from "../history/database.ts";
import { type CaseTrend, caseTrends, LATEST_RUNS } from "../history/overview.ts";
import { durationWords } from "../report/words.ts";
import { median } from "../verdict/statistics.ts";
import { resultsDirectory, withResultsOption } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

/** So many runs, changes or cases are shown; --json has them all. */
const SHOWN = 15;
const SIGNS: Readonly<Record<string, string>> = {
  pass: ".",
  skip: "s",
  fail: "F",
  crash: "C",
  timeout: "T",
  error: "?",
  "not-run": "?",
};

export function historyCommand(): Command {
  const command = new Command("history")
    .description("a case over all runs: outcomes, changes, flakes; without one, the flakiest")
    .argument("[case]", "id of a case");
  withOutputOptions(withResultsOption(command));
  return command.action(async (id: string | undefined) => {
    const flags = command.opts<OutputFlags>();
    const results = resultsDirectory(command);
    if (id === undefined) {
      const cases = await withView(flags, (view) => withHistory(results, caseTrends, view));
      print(flags, { cases }, () => trendWords(cases));
      return;
    }
    const found = await withView(flags, (view) =>
      withHistory(results, (database) => caseHistory(database, id), view),
    );
    if (!found) throw new UsageError(`No run in ${results} has a case ${id}.`);
    print(flags, found, () => historyWords(found));
  });
}

function historyWords({ case: id, totals, flakes, changes, runs }: CaseHistory): string {
  const counts = Object.entries(totals).map(([outcome, n]) => `${n} ${outcome}`);
  const percent = (flakes.rate * 100).toFixed(1);
  const durations = runs.map(({ durationMs }) => durationMs);
  const [first] = changes;
  const last = changes.at(-1);
  return [
    id,
    `runs      ${runs.length}: ${counts.join(", ")}`,
    `flakes    ${flakes.different} of ${flakes.repeats} repeats on the same kernel (${percent} %)`,
    `took      ${durationWords(median(durations))} (median)`,
    first ? `changed   first in ${first.run}: ${first.from} to ${first.to}` : "changed   never",
    ...(last && changes.length > 1
      ? [`          last in ${last.run}: ${last.from} to ${last.to}; ${changes.length} times`]
      : []),
    `latest    ${runs
      .slice(-60)
      .map(({ outcome }) => SIGNS[outcome] ?? "?")
      .join("")}`,
    "",
    ...runs
      .slice(-SHOWN)
      .reverse()
      .map(
        ({ run, outcome, durationMs }) =>
          `${outcome.padEnd(8)} ${durationWords(durationMs).padStart(8)}  ${run}`,
      ),
  ].join("\n");
}

function trendWords(cases: readonly CaseTrend[]): string {
  const notable = cases.filter(({ flakes, failed }) => flakes + failed > 0);
  if (notable.length === 0)
    return `${cases.length} cases, none of which failed in the last ${LATEST_RUNS} runs`;
  const more = notable.length - SHOWN;
  return [
    "  flakes   failed     runs  case",
    ...notable.slice(0, SHOWN).map(({ case: id, flakes, failed, runs }) =>
      [flakes, failed, runs]
        .map((n) => String(n).padStart(8))
        .join(" ")
        .concat(`  ${id}`),
    ),
    ...(more > 0 ? [`and ${more} more that failed in the last ${LATEST_RUNS} runs`] : []),
  ].join("\n");
}
