// A matrix as one page: a row a case, a column a kernel; each mark leads to that case in its run.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { publishFile } from "../../process/publish.ts";
import type { MatrixCell, MatrixRecord } from "../../record/matrix-record.ts";
import type { Run, RunCase } from "../../record/run-schema.ts";
import { isUnexpected } from "../../verdict/verdict.ts";
import { worstById } from "../../verdict/worst-repetition.ts";
import { totalsWords } from "../words.ts";
import { anchorOf } from "./anchor.ts";
import { Badge, ColumnHeads, Facts, Legend, Mark, markKind, Section } from "./elements.tsx";
import { renderPage } from "./page.tsx";

/** The runs of one built kernel, one a suite. */
interface Column {
  readonly kernel: string;
  readonly kconfig: string;
  readonly runs: readonly Run[];
}

interface Judged {
  readonly run: Run;
  readonly one: RunCase;
}

interface Row {
  readonly id: string;
  readonly title: string;
  /** The worst repetition in each column's runs; none where a column does not have the case. */
  readonly cells: readonly (readonly Judged[])[];
}

export async function keepMatrixPage(
  directory: string,
  record: MatrixRecord,
  runs: readonly (Run | undefined)[],
): Promise<void> {
  await publishFile(join(directory, "report.html"), matrixPage(record, runs, directory));
}

/** @param directory where the page will lie, beside the runs: it leads only to logs that are there */
export function matrixPage(
  record: MatrixRecord,
  runs: readonly (Run | undefined)[],
  directory: string,
): string {
  const columns = columnsOf(record, runs);
  const rows = rowsOf(columns);
  const bad = rows.filter(({ cells }) => cells.flat().some(({ one }) => isUnexpected(one)));
  const uneven = rows.filter((row) => !bad.includes(row) && kindsOf(row).size > 1);
  const sections: [string, string, Row[]][] = [
    ["failures", `Not as expected (${bad.length})`, bad],
    ["differences", `As expected, and not the same everywhere (${uneven.length})`, uneven],
    ["results", `All cases (${rows.length})`, rows],
  ];
  const shown = sections.filter(([, , some]) => some.length > 0);
  return renderPage({
    title: `uffd-wp: ${record.cells.length} cells of ${basename(record.file)}`,
    head: <Head record={record} />,
    contents: [["cells", "Cells"], ...shown.map(([id, name]) => [id, name] as const)],
    body: (
      <>
        <Cells record={record} runs={runs} directory={directory} />
        {shown.map(([id, name, some]) => (
          <Section key={id} id={id} title={name}>
            <Grid columns={columns} rows={some} />
          </Section>
        ))}
      </>
    ),
  });
}

function Head({ record }: { record: MatrixRecord }) {
  const { cells, file, id, started, finished } = record;
  const statuses = [...new Set(cells.map(({ status }) => status))];
  const counts = statuses.map((status) => {
    const count = cells.filter((cell) => cell.status === status).length;
    return `${count} ${status}`;
  });
  return (
    <>
      <h1>Does uffd-wp survive, on each kernel?</h1>
      <Facts
        facts={[
          ["Matrix", file],
          ["Cells", counts.join(", ")],
          ["Began", `${started}, as ${id}`],
          ["Ended", finished ?? "not yet, or it was stopped"],
        ]}
      />
    </>
  );
}

interface CellsProps {
  readonly record: MatrixRecord;
  readonly runs: readonly (Run | undefined)[];
  readonly directory: string;
}

function Cells({ record, runs, directory }: CellsProps) {
  return (
    <Section id="cells" title="Cells">
      <table class="lined">
        <ColumnHeads names={["kernel", "kconfig", "suite", "status", "results", "logs"]} />
        <tbody>
          {record.cells.map((cell, i) => (
            <CellRow
              key={`${cell.kernel} ${cell.kconfig} ${cell.suite}`}
              cell={cell}
              run={runs[i]}
              directory={directory}
            />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

interface CellRowProps {
  readonly cell: MatrixCell;
  readonly run: Run | undefined;
  readonly directory: string;
}

function CellRow({ cell, run, directory }: CellRowProps) {
  const said = cell.reason || (run ? totalsWords(run) : "");
  return (
    <tr>
      <td>{cell.kernel}</td>
      <td>{cell.kconfig}</td>
      <td>{cell.suite}</td>
      <td>{cell.status === "not-run" ? "not run" : <Badge status={cell.status} />}</td>
      <td>
        {cell.run ? <a href={link(cell.run, "report.html")}>{said || cell.run}</a> : said}
        {cell.reused && <span class="said">judged before</span>}
      </td>
      <td>{run && <Logs run={run} directory={directory} />}</td>
    </tr>
  );
}

/** A kernel that we have not built, or not come to build, has no log of it. */
function Logs({ run, directory }: { run: Run; directory: string }) {
  const guests = run.guests.slice(0, 5).map(({ number }) => number);
  const logs = [
    ...guests.map((number) => [`guest ${number}`, `guest-${number}/console.log`] as const),
    ["build", "build.log"] as const,
  ].filter(([, file]) => existsSync(join(directory, "..", run.id, file)));
  return (
    <>
      {logs.map(([name, file], i) => (
        <>
          {i > 0 && " "}
          <a key={file} href={link(run.id, file)}>
            {name}
          </a>
        </>
      ))}
    </>
  );
}

function Grid({ columns, rows }: { columns: readonly Column[]; rows: readonly Row[] }) {
  const kinds = [...new Set(rows.flatMap((row) => [...kindsOf(row)]))];
  return (
    <>
      <div class="wide">
        <table class="lined">
          <thead>
            <tr>
              <th scope="col">case</th>
              {columns.map(({ kernel, kconfig }) => (
                <th key={`${kernel} ${kconfig}`} scope="col">
                  {kernel}
                  <br />
                  {kconfig}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row" class="id" title={row.title}>
                  {row.id}
                </th>
                {row.cells.map((judged, i) => (
                  <td key={i}>
                    {judged.map(({ run, one }) => (
                      <CaseMark key={run.id} run={run} one={one} />
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Legend kinds={kinds} />
    </>
  );
}

function CaseMark({ run, one }: { run: Run; one: RunCase }) {
  const said = one.reason || one.because;
  const tip = `${one.id} on ${run.kernel.release}: ${one.outcome}${said && ` (${said})`}`;
  return (
    <Mark kind={markKind(one)} href={link(run.id, `report.html#${anchorOf(run, one)}`)} tip={tip} />
  );
}

/** Runs lie beside the matrix's own folder. */
function link(run: string, file: string): string {
  return `../${encodeURIComponent(run)}/${file}`;
}

function columnsOf({ cells }: MatrixRecord, runs: readonly (Run | undefined)[]): Column[] {
  const columns: { kernel: string; kconfig: string; runs: Run[] }[] = [];
  for (const [i, { kernel, kconfig }] of cells.entries()) {
    const run = runs[i];
    if (!run || run.cases.length === 0) continue;
    const column = columns.find((one) => one.kernel === kernel && one.kconfig === kconfig);
    if (column) column.runs.push(run);
    else columns.push({ kernel, kconfig, runs: [run] });
  }
  return columns;
}

function rowsOf(columns: readonly Column[]): Row[] {
  const worst = columns.map(({ runs }) =>
    runs.map((run) => ({ run, cases: worstById(run.cases) })),
  );
  const ids = [...new Set(worst.flat().flatMap(({ cases }) => [...cases.keys()]))];
  return ids.map((id) => {
    const cells = worst.map((column) =>
      column.flatMap(({ run, cases }) => {
        const one = cases.get(id);
        return one ? [{ run, one }] : [];
      }),
    );
    return { id, title: cells.flat()[0]?.one.title ?? "", cells };
  });
}

function kindsOf({ cells }: Row) {
  return new Set(cells.flat().map(({ one }) => markKind(one)));
}
