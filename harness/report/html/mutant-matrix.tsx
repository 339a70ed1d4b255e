// Who notices what, at a glance: an empty row is a survivor, a sparse column looks at little.
import { Mark, Section } from "./elements.tsx";
import type { MutantGrid } from "./mutant-grid.ts";
import { noticesAnchor, survivorLink } from "./mutant-links.ts";

export function MutantMatrix({ grid, full }: { grid: MutantGrid; full: boolean }) {
  return (
    <Section id="matrix" title="Mutants × who notices">
      <p class="dim">
        {full
          ? "A number is how many cases notice; it leads to their names."
          : "A mark is a case that notices, the first of its suite; it leads to the name."}
      </p>
      <div class="wide matrix">
        <table class="heat">
          <thead>
            <tr>
              <th scope="col">mutant</th>
              {["all", ...grid.columns].map((column) => (
                <th key={column} scope="col">
                  <span class="form">{column}</span>
                </th>
              ))}
            </tr>
          </thead>
          {grid.groups.map(({ file, rows }) => (
            <tbody key={file}>
              <tr>
                <th scope="rowgroup" class="suite" colSpan={grid.columns.length + 2}>
                  <span>{file || "elsewhere"}</span>
                </th>
              </tr>
              {rows.map((row) => (
                <Row key={row.mutant.id} row={row} columns={grid.columns} full={full} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Section>
  );
}

interface RowProps {
  readonly row: MutantGrid["groups"][number]["rows"][number];
  readonly columns: readonly string[];
  readonly full: boolean;
}

function Row({ row: { mutant, counts }, columns, full }: RowProps) {
  const { id, by, status } = mutant;
  const link = status === "survived" ? survivorLink(mutant) : `#${id}`;
  const numbered = (count: number) => (full ? { count } : {});
  return (
    <tr>
      <th scope="row" class="id">
        <a href={link}>{id}</a>
      </th>
      <td>
        {status === "survived" ? (
          <Mark kind="regression" href={link} tip={`${id} survived`} />
        ) : (
          <Mark kind="ok" href={link} tip={casesWords(by.length)} {...numbered(by.length)} />
        )}
      </td>
      {columns.map((column, i) => {
        const count = counts[i] ?? 0;
        const href = `#${noticesAnchor(mutant, column)}`;
        const tip = `${column}: ${casesWords(count)}`;
        return (
          <td key={column}>
            {count > 0 && <Mark kind="ok" href={href} tip={tip} {...numbered(count)} />}
          </td>
        );
      })}
    </tr>
  );
}

function casesWords(count: number): string {
  return `${count} ${count === 1 ? "case" : "cases"}`;
}
