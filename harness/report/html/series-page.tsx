// A series check as a page: a row a patch with the stages that it came through, and below what each changes.
import {
  isWorse,
  type PatchChange,
  type SeriesRecord,
  type SeriesStep,
} from "../../hunt/series-record.ts";
import { seriesSentence, stateOf } from "../series-table.ts";
import { briefReason } from "../words.ts";
import { Badge, ColumnHeads, Facts, Mark, Section } from "./elements.tsx";
import { RunLink } from "./hunt-elements.tsx";
import { renderPage } from "./page.tsx";

export function seriesPage({ id, base, patches, untried }: SeriesRecord): string {
  const telling = patches.filter(saysSomething);
  return renderPage({
    title: `uffd-wp series: ${seriesSentence(patches)}`,
    head: (
      <>
        <h1>Which patch changes what?</h1>
        <p>
          <Badge status={patches.some(isWorse) ? "failed" : "passed"} /> {seriesSentence(patches)}.
        </p>
        <Facts
          facts={[
            ["Base", base],
            ["Patches", String(patches.length)],
            ["Not tried", untried > 0 ? `${untried}, since the last one does not apply` : ""],
            ["Hunt", id],
          ]}
        />
      </>
    ),
    contents: [
      ["patches", "Patches"],
      ...telling.map((step) => [anchor(step), `Patch ${step.index}`] as const),
    ],
    body: (
      <>
        <Section id="patches" title="Patches">
          <Patches patches={patches} />
        </Section>
        {telling.map((step) => (
          <Patch key={step.index} step={step} />
        ))}
      </>
    ),
  });
}

const STAGES = ["applies", "options", "builds", "boots"] as const;

function Patches({ patches }: { patches: readonly SeriesStep[] }) {
  return (
    <div class="wide">
      <table class="lined">
        <ColumnHeads names={["", "patch", ...STAGES, "verdicts", "run"]} />
        <tbody>
          {patches.map((step) => (
            <tr key={step.index}>
              <td class="number">{step.index}</td>
              <td>
                {saysSomething(step) ? (
                  <a href={`#${anchor(step)}`}>{step.subject}</a>
                ) : (
                  step.subject
                )}
              </td>
              {STAGES.map((stage) => (
                <td key={stage}>
                  <Stage came={step[stage]} />
                </td>
              ))}
              <td>{stateOf(step)}</td>
              <td>
                <RunLink run={step.run} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Whether a patch came through a stage; one that it never came to shows nothing. */
function Stage({ came }: { came: boolean | null }) {
  if (came === null) return null;
  return <Mark kind={came ? "ok" : "regression"} tip={came ? "yes" : "no"} />;
}

function Patch({ step }: { step: SeriesStep }) {
  const { index, subject, why, changes, findings, warnings } = step;
  return (
    <Section id={anchor(step)} title={`${index} ${subject}`}>
      {why && <pre>{why}</pre>}
      {findings.length > 0 && <p>The kernel says for the first time: {findings.join("; ")}</p>}
      {changes.length > 0 && <Changes changes={changes} />}
      {warnings.length > 0 && (
        <>
          <h3>New warnings</h3>
          <pre>{warnings.join("\n")}</pre>
        </>
      )}
    </Section>
  );
}

function Changes({ changes }: { changes: readonly PatchChange[] }) {
  return (
    <table class="lined">
      <ColumnHeads names={["case", "before", "after", "why"]} />
      <tbody>
        {changes.map(({ case: id, from, to, reason }) => (
          <tr key={id}>
            <th scope="row" class="id">
              {id}
            </th>
            <td>{from ?? "none"}</td>
            <td>{to ?? "none"}</td>
            <td class="dim">{briefReason(reason)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function saysSomething({ why, changes, findings, warnings }: SeriesStep): boolean {
  return why !== "" || changes.length + findings.length + warnings.length > 0;
}

function anchor({ index }: SeriesStep): string {
  return `patch-${index}`;
}
