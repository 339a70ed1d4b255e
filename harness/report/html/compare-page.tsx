// Two runs side by side, as uffdwp compare has them.

import type { Run } from "../../record/run-schema.ts";
import type { CaseChange, Comparison } from "../../verdict/comparison.ts";
import type { DurationChange } from "../../verdict/durations.ts";
import { seenWords } from "../comparison.ts";
import { briefReason, durationWords, kernelWords } from "../words.ts";
import { ColumnHeads, Facts, Section } from "./elements.tsx";
import type { Page } from "./page.tsx";

/** Where a name leads; undefined where there is no page. */
export interface CompareLinks {
  readonly run: (run: Run) => string | undefined;
  readonly case: (id: string) => string | undefined;
}

export function comparePage(
  { before, after }: { readonly before: Run; readonly after: Run },
  comparison: Comparison,
  links: CompareLinks,
): Page {
  const { worse, better, changed, flaky, slower, faster, ...rest } = comparison;
  const lists: [string, string, readonly CaseChange[]][] = [
    ["worse", "Worse", worse],
    ["better", "Better", better],
    ["changed", "Different", changed],
    ["flaky", "Repetitions disagree", flaky],
    ["new", "New", rest.new],
    ["gone", "Gone", rest.gone],
  ];
  const clocks: [string, string, readonly DurationChange[]][] = [
    ["slower", "Slower", slower],
    ["faster", "Faster", faster],
  ];
  const there = lists.filter(([, , changes]) => changes.length > 0);
  const timed = clocks.filter(([, , changes]) => changes.length > 0);
  return {
    title: `${before.id} and ${after.id}`,
    head: (
      <>
        <h1>
          {worse.length} worse, {better.length} better
        </h1>
        <Facts
          facts={[
            ["From", <RunName key="from" run={before} links={links} />],
            ["To", <RunName key="to" run={after} links={links} />],
            ["Kernel log", rest.findings.new.join("; ")],
          ]}
        />
      </>
    ),
    contents: [...there, ...timed].map(([id, title]) => [id, title] as const),
    body: (
      <>
        {there.length + timed.length === 0 && <p>Nothing has changed.</p>}
        {there.map(([id, title, changes]) => (
          <Section key={id} id={id} title={`${title} (${changes.length})`}>
            <Changes changes={changes} links={links} />
          </Section>
        ))}
        {timed.map(([id, title, changes]) => (
          <Section key={id} id={id} title={`${title} (${changes.length})`}>
            <Durations changes={changes} links={links} />
          </Section>
        ))}
      </>
    ),
  };
}

function RunName({ run, links }: { run: Run; links: CompareLinks }) {
  return (
    <>
      <Name name={run.id} href={links.run(run)} /> on {kernelWords(run)}
    </>
  );
}

function Name({ name, href }: { name: string; href: string | undefined }) {
  return href === undefined ? (
    <span class="id">{name}</span>
  ) : (
    <a class="id" href={href}>
      {name}
    </a>
  );
}

function Changes({ changes, links }: { changes: readonly CaseChange[]; links: CompareLinks }) {
  return (
    <table class="lined">
      <ColumnHeads names={["case", "before → after", "why"]} />
      <tbody>
        {changes.map(({ case: id, fromSeen, toSeen, reason }) => (
          <tr key={id}>
            <td>
              <Name name={id} href={links.case(id)} />
            </td>
            <td>
              {seenWords(fromSeen) || "–"} → {seenWords(toSeen) || "–"}
            </td>
            <td class="dim">{briefReason(reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Durations({
  changes,
  links,
}: {
  changes: readonly DurationChange[];
  links: CompareLinks;
}) {
  return (
    <table class="lined">
      <ColumnHeads names={["case", "before", "after"]} />
      <tbody>
        {changes.map(({ case: id, fromMs, toMs }) => (
          <tr key={id}>
            <td>
              <Name name={id} href={links.case(id)} />
            </td>
            <td class="number">{durationWords(fromMs)}</td>
            <td class="number">{durationWords(toMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
