// A run that is still going on: how far it is, and what has failed so far.
import type { Run } from "../record/run-schema.ts";
import { headline } from "../report/case-words.ts";
import { Badge, Facts, Mark, markKind, Section } from "../report/html/elements.tsx";
import { inline, type Page } from "../report/html/page.tsx";
import { briefReason, kernelWords, machineWords } from "../report/words.ts";
import { isUnexpected } from "../verdict/verdict.ts";

const scripts = [inline("serve/live.js")];
const styles = [inline("serve/serve.css")];

export function livePage(run: Run): Page {
  const done = run.cases.filter(({ outcome }) => outcome !== "not-run");
  const failed = done.filter(isUnexpected);
  return {
    title: `running: uffd-wp on ${run.kernel.release || run.kernel.source}`,
    head: (
      <>
        <Badge status="running" />
        <h1>
          {done.length} of {run.cases.length} cases are done, {failed.length} not as expected.
        </h1>
        <progress max={run.cases.length} value={done.length} aria-label="cases done" />
        <Facts
          facts={[
            ["Kernel", kernelWords(run)],
            ["Guest", machineWords(run)],
            ["Run", `${run.id}, ${run.started}`],
          ]}
        />
      </>
    ),
    contents: [["/", "All runs"]],
    body: (
      <Section id="failures" title="Not as expected so far">
        {failed.length === 0 && <p class="dim">Nothing.</p>}
        <ul class="plain">
          {failed.map((one) => (
            <li key={`${one.id} ${one.repetition}`}>
              <Mark kind={markKind(one)} /> <span class="id">{one.id}</span> {headline(one)}
              <span class="said dim">{briefReason(one.reason)}</span>
            </li>
          ))}
        </ul>
      </Section>
    ),
    styles,
    scripts,
    connect: "'self'",
  };
}
