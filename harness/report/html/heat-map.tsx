// Where protection is lost, at a glance: a row or a column that fails says where to look.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { caseName } from "../case-words.ts";
import { briefReason } from "../words.ts";
import { anchorOf } from "./anchor.ts";
import { Legend, Mark, markKind, Section } from "./elements.tsx";
import { type HeatGrid, heatGrid } from "./heat-grid.ts";

export function HeatMap({ run }: { run: Run }) {
  const grid = heatGrid(run);
  if (!grid) return null;
  const kinds = [...new Set(run.cases.map(markKind))];
  const firsts = firstColumns(grid);
  return (
    <Section id="heat-map" title="Operation × mapping × form">
      <div class="wide">
        <table class="heat">
          <caption>
            Of a pair, the left mark is the case that writes first, the right one the case that
            reads first.
          </caption>
          <Header columns={grid.columns} />
          {grid.groups.map(({ suite, rows }) => (
            <tbody key={suite}>
              {rows.map(({ operation, cells }, index) => (
                <tr key={operation}>
                  {index === 0 && (
                    <th scope="rowgroup" rowSpan={rows.length} class="suite">
                      {suite}
                    </th>
                  )}
                  <th scope="row" class="id">
                    {operation}
                  </th>
                  {cells.map((cases, column) => (
                    <td key={column} class={firsts.has(column) ? "first" : undefined}>
                      {cases.map((one) => (
                        <CaseMark key={one.id} run={run} one={one} />
                      ))}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
      <Legend kinds={kinds} />
    </Section>
  );
}

/** The mark of a case, which leads to it and says how it went. */
function CaseMark({ run, one }: { run: Run; one: RunCase }) {
  const said = briefReason(one.reason, 1) || one.because;
  const tip = `${caseName(run, one)}: ${one.outcome}${said && ` (${said})`}`;
  return <Mark kind={markKind(one)} href={`#${anchorOf(run, one)}`} tip={tip} />;
}

function Header({ columns }: Pick<HeatGrid, "columns">) {
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          suite
        </th>
        <th scope="col" rowSpan={2}>
          operation
        </th>
        {columns.map(({ mapping, forms }) => (
          <th key={mapping} scope="colgroup" colSpan={forms.length} class="first">
            {mapping}
          </th>
        ))}
      </tr>
      <tr>
        {columns.flatMap(({ mapping, forms }) =>
          forms.map((form, index) => (
            <th key={mapping + form} scope="col" class={index === 0 ? "first" : undefined}>
              <span class="form">{form}</span>
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

/** Where a mapping begins. */
function firstColumns({ columns }: HeatGrid): Set<number> {
  let at = 0;
  return new Set(
    columns.map(({ forms }) => {
      at += forms.length;
      return at - forms.length;
    }),
  );
}
