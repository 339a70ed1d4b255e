// Two runs side by side, as uffdwp compare has them.
import type { Run } from "../record/run-schema.ts";
import { Facts, Section } from "../report/html/elements.tsx";
import { inline, type Page } from "../report/html/page.tsx";
import { briefReason, kernelWords } from "../report/words.ts";
import { type CaseChange, compareRuns } from "../verdict/comparison.ts";
import { caseHref, runHref } from "./links.ts";

const styles = [inline("serve.css", import.meta.url)];

export function comparePage(before: Run, after: Run): Page {
  const { worse, better, changed, flaky, ...rest } = compareRuns(before, after);
  const lists: [string, string, readonly CaseChange[]][] = [
    ["worse", "Worse", worse],
    ["better", "Better", better],
    ["changed", "Different", changed],
    ["flaky", "Repetitions disagree", flaky],
    ["new", "New", rest.new],
    ["gone", "Gone", rest.gone],
  ];
  const there = lists.filter(([, , changes]) => changes.length > 0);
  return {
    title: `${before.id} and ${after.id}`,
    head: (
      <>
        <h1>
          {worse.length} worse, {better.length} better
        </h1>
        <Facts
          facts={[
            ["From", <RunLink key="from" run={before} />],
            ["To", <RunLink key="to" run={after} />],
            ["Kernel log", rest.findings.new.join("; ")],
          ]}
        />
      </>
    ),
    contents: [...there.map(([id, title]) => [id, title] as const), ["/", "All runs"]],
    body: (
      <>
        {there.length === 0 && <p>Nothing has changed.</p>}
        {there.map(([id, title, changes]) => (
          <Section key={id} id={id} title={`${title} (${changes.length})`}>
            <table class="lined">
              <tbody>
                {changes.map((change) => (
                  <tr key={change.case}>
                    <td class="id">
                      <a href={caseHref(change.case)}>{change.case}</a>
                    </td>
                    <td>
                      {change.fromOutcome ?? "–"} → {change.toOutcome ?? "–"}
                    </td>
                    <td class="dim">{briefReason(change.reason)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        ))}
      </>
    ),
    styles,
  };
}

function RunLink({ run }: { run: Run }) {
  return (
    <>
      <a class="id" href={runHref(run.id)}>
        {run.id}
      </a>{" "}
      on {kernelWords(run)}
    </>
  );
}
