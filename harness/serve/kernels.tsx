// Kernels side by side: the cases that don't come out the same on all of them.
import type { Run, RunCase } from "../record/run-schema.ts";
import { Mark, markKind, Section } from "../report/html/elements.tsx";
import { worstById } from "../verdict/worst-repetition.ts";
import { caseHref, runHref } from "./links.ts";

const SHOWN = 60;

export function KernelsSection({ runs }: { runs: readonly Run[] }) {
  const rows = differingCases(runs);
  return (
    <Section id="kernels" title="Kernels compared">
      {runs.length < 2 && <p class="dim">There is nothing to compare yet.</p>}
      {runs.length > 1 && rows.length === 0 && <p>All cases come out the same on all of them.</p>}
      {rows.length > 0 && (
        <div class="wide">
          <table class="lined">
            <thead>
              <tr>
                <th scope="col">case</th>
                {runs.map((run) => (
                  <th key={run.id} scope="col">
                    <a href={runHref(run.id)}>{run.kernel.release}</a>
                    <span class="said">
                      {[run.kernel.source, ...run.kernel.series].join(" + ")}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, SHOWN).map(({ id, cells }) => (
                <tr key={id}>
                  <th scope="row" class="id">
                    <a href={caseHref(id)}>{id}</a>
                  </th>
                  {cells.map((one, index) => (
                    <td key={runs[index]?.id}>{one ? <Mark kind={markKind(one)} /> : ""}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > SHOWN && <p class="dim">and {rows.length - SHOWN} more</p>}
    </Section>
  );
}

function differingCases(runs: readonly Run[]) {
  const byRun = runs.map(({ cases }) => worstById(cases));
  const ids = [...new Set(runs.flatMap(({ cases }) => cases.map(({ id }) => id)))];
  const rows = ids.map((id) => ({ id, cells: byRun.map((cases) => cases.get(id)) }));
  return rows.filter(({ cells }) => new Set(cells.filter(isThere).map(markKind)).size > 1);
}

function isThere(one: RunCase | undefined): one is RunCase {
  return one !== undefined;
}
