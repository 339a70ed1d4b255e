// One case over all runs: how it came out and how long it took.
import type { CaseHistory } from "../history/case-history.ts";
import { Facts, Mark, type MarkKind, Section } from "../report/html/elements.tsx";
import { inline, type Page } from "../report/html/page.tsx";
import { durationWords } from "../report/words.ts";
import { runHref } from "./links.ts";
import { Trend } from "./trend.tsx";

const styles = [inline("serve/serve.css")];
const SHOWN = 100;

export function casePage(history: CaseHistory): Page {
  const { totals, flakes, changes, runs } = history;
  const counts = Object.entries(totals).map(([outcome, n]) => `${n} ${outcome}`);
  const last = changes.at(-1);
  return {
    title: history.case,
    head: (
      <>
        <h1 class="id">{history.case}</h1>
        <Facts
          facts={[
            ["Runs", `${runs.length}: ${counts.join(", ")}`],
            ["Flakes", `${flakes.different} of ${flakes.repeats} repeats on the same kernel`],
            [
              "Changed",
              last
                ? `${changes.length === 1 ? "once" : `${changes.length} times`}, last from ${last.from} to ${last.to}`
                : "never",
            ],
          ]}
        />
      </>
    ),
    contents: [["/", "All runs"]],
    body: (
      <>
        <Section id="trend" title="Over time">
          <Trend runs={runs} />
        </Section>
        <Section id="runs" title="Runs">
          <table class="lined">
            <tbody>
              {runs
                .slice(-SHOWN)
                .reverse()
                .map(({ run, outcome, verdict, durationMs, release }) => (
                  <tr key={run}>
                    <td>
                      <Mark kind={outcome === "skip" ? "skipped" : (verdict as MarkKind)} />
                    </td>
                    <td class="id">
                      <a href={runHref(run)}>{run}</a>
                    </td>
                    <td>{release}</td>
                    <td>{outcome}</td>
                    <td class="number">{durationWords(durationMs)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </Section>
      </>
    ),
    styles,
  };
}
