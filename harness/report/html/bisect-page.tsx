// A bisection as a page: the commit, what it rests on, and the way to it.
import type { BisectRecord, BisectStep, Commit } from "../../hunt/bisect-record.ts";
import { symptomWords } from "../../hunt/symptom.ts";
import { confidenceWords } from "../bisect-table.ts";
import { Facts, Section } from "./elements.tsx";
import { Answers } from "./hunt-elements.tsx";
import { renderPage } from "./page.tsx";

export function bisectPage(record: BisectRecord): string {
  const { ends, steps, evidence, candidates, log } = record;
  const nearest = [evidence.bad, evidence.good].filter((one) => one !== null);
  const sections: [string, string, readonly BisectStep[]][] = [
    ["evidence", "What it rests on", nearest],
    ["ends", "Both ends", ends],
    ["steps", `The way (${steps.length} steps)`, steps],
  ];
  const shown = sections.filter(([, , some]) => some.length > 0);
  return renderPage({
    title: `uffd-wp bisect: ${headline(record)}`,
    head: <Head record={record} />,
    contents: [...shown.map(([id, name]) => [id, name] as const), ["log", "git bisect log"]],
    body: (
      <>
        {candidates.length > 0 && <Candidates candidates={candidates} />}
        {shown.map(([id, name, some]) => (
          <Section key={id} id={id} title={name}>
            <Answers head="commit" name={stepName} answers={some} />
          </Section>
        ))}
        <Section id="log" title="git bisect log">
          <p>git bisect replay takes it.</p>
          <pre>{log}</pre>
        </Section>
      </>
    ),
  });
}

function headline({ firstBad, firstFixed, candidates, terms }: BisectRecord): string {
  const found = firstBad ?? firstFixed;
  if (found) return `The first ${terms.new} commit is ${short(found)}`;
  return `It is one of ${candidates.length} commits`;
}

function Head({ record }: { record: BisectRecord }) {
  const found = record.firstBad ?? record.firstFixed;
  return (
    <>
      <h1>{headline(record)}</h1>
      {found && <p>{found.subject}</p>}
      <Facts
        facts={[
          ["Commit", found && <span class="id">{found.sha}</span>],
          ["Author", found?.author],
          ["Date", found?.date],
          ["Symptom", symptomWords(record.symptom)],
          ["Confidence", confidenceWords(record)],
          ["Hunt", record.id],
        ]}
      />
    </>
  );
}

/** What can't be told apart, since only commits that can't be judged lie between. */
function Candidates({ candidates }: { candidates: readonly Commit[] }) {
  return (
    <Section id="candidates" title="Candidates">
      <p>The commits between them can't be judged.</p>
      <ul>
        {candidates.map((one) => (
          <li key={one.sha}>
            <span class="id">{short(one)}</span> {one.subject}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function stepName(step: BisectStep) {
  return (
    <>
      <span class="id">{short(step)}</span> {step.subject}
    </>
  );
}

function short({ sha }: { readonly sha: string }): string {
  return sha.slice(0, 12);
}
