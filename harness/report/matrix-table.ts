// A matrix for the terminal: a column a kernel, a row a kconfig and suite.
import { join } from "node:path";
import pc from "picocolors";
import { cellName } from "../plan/matrix.ts";
import type { MatrixCell, MatrixRecord } from "../record/matrix-record.ts";
import { shortPath } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import { unexpectedCases } from "../record/unexpected.ts";
import type { Colors } from "./colors.ts";
import type { RenderOptions } from "./format.ts";

/** So many cases of a cell are named. */
const NAMED = 8;

export function matrixTable(
  { cells }: MatrixRecord,
  runs: readonly (Run | undefined)[],
  { color, directory }: RenderOptions,
): string {
  const colors = pc.createColors(color);
  const kernels = [...new Set(cells.map(({ kernel }) => kernel))];
  const rows = [...new Set(cells.map(rowName))];
  const texts = rows.map((row) => [
    row,
    ...kernels.map((kernel) => {
      const at = cells.findIndex((cell) => rowName(cell) === row && cell.kernel === kernel);
      return at < 0 ? "" : cellText(cells[at] as MatrixCell, runs[at]);
    }),
  ]);
  const table = [["", ...kernels], ...texts];
  const widths =
    table[0]?.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((text, i) => paint(text.padEnd(widths[i] ?? 0), colors))
      .join("  ")
      .trimEnd(),
  );
  const troubles = cells.flatMap((cell, i) => trouble(cell, runs[i], directory, colors));
  return [lines.join("\n"), ...troubles].join("\n\n");
}

function rowName({ kconfig, suite }: MatrixCell): string {
  return suite === "all" ? kconfig : `${kconfig} × ${suite}`;
}

/** `passed 672`, `FAILED 9 of 672`, `untestable`. */
function cellText({ status, reused }: MatrixCell, run: Run | undefined): string {
  const again = reused ? " (before)" : "";
  if (!run || run.cases.length === 0) return status;
  if (status === "passed") return `passed ${run.cases.length}${again}`;
  return `${status.toUpperCase()} ${unexpectedCases(run).length} of ${run.cases.length}${again}`;
}

function paint(text: string, colors: Colors): string {
  if (/^passed/.test(text)) return colors.green(text);
  if (/^(FAILED|ERROR|error)/.test(text)) return colors.red(text);
  return /^(untestable|interrupted|not-run)/i.test(text) ? colors.yellow(text) : text;
}

function trouble(
  cell: MatrixCell,
  run: Run | undefined,
  directory: string,
  colors: Colors,
): string[] {
  if (cell.status === "passed" || cell.status === "not-run") return [];
  const cases = run ? unexpectedCases(run) : [];
  const names = [...new Set(cases.map(({ id }) => id))];
  const more = names.length - NAMED;
  const [why] = cell.reason.split("\n");
  return [
    [
      `${colors.red("✗")} ${colors.bold(cellName(cell))}: ${cell.status}${why ? `: ${why}` : ""}`,
      ...names.slice(0, NAMED).map((id) => `    ${id}`),
      ...(more > 0 ? [`    and ${more} more`] : []),
      ...(cell.run
        ? [colors.dim(`    npx uffdwp report ${shortPath(join(directory, "..", cell.run))}`)]
        : []),
    ].join("\n"),
  ];
}
