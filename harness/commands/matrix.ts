// uffdwp matrix: kernels × kconfigs × suites from one YAML file.
import { resolve } from "node:path";
import { Command } from "commander";
import { runMatrix } from "../matrix.ts";
import { DEFAULTS } from "../plan/job.ts";
import { cellsOf, readMatrix } from "../plan/matrix.ts";
import type { MatrixCell } from "../record/matrix-record.ts";
import { shortPath } from "../record/results.ts";
import { matrixTable } from "../report/matrix-table.ts";
import { colorsFor } from "./colors.ts";
import { fromAnywhere } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

export function matrixCommand(): Command {
  const command = new Command("matrix")
    .description("each kernel with each kconfig and each suite of one YAML file")
    .argument("<file>", "YAML; docs/schemas/matrix.json is its schema")
    .option("--again", "judge again what an earlier run has judged")
    .option("--results <dir>", "where the runs are recorded");
  withOutputOptions(command);
  return command.action(async (file: string) => {
    const flags = command.opts<OutputFlags & { again?: boolean; results?: string }>();
    const matrix = await readMatrix(file);
    const results = flags.results ?? matrix.results ?? DEFAULTS.results;
    const plan = {
      file: resolve(file),
      results,
      again: flags.again === true,
      cells: cellsOf(matrix, { results }).map((cell) => ({ ...cell, job: fromAnywhere(cell.job) })),
    };
    const { record, runs, directory, error } = await withView(flags, (view) =>
      runMatrix(plan, view),
    );
    const color = colorsFor(process.stdout).isColorSupported;
    print(flags, record, () => {
      const table = matrixTable(record, runs, { color, directory });
      return `${table}\n\nReport   ${shortPath(directory)}/report.html`;
    });
    if (error) throw error;
    process.exitCode = exitCodeOf(record.cells);
  });
}

/** The worst cell's: a regression is one whatever else went wrong, a kernel that can't be judged is the least. */
function exitCodeOf(cells: readonly MatrixCell[]): number {
  const statuses = new Set(cells.map(({ status }) => status));
  if (statuses.has("failed")) return 1;
  if (statuses.has("error")) return 128;
  return statuses.has("untestable") ? 125 : 0;
}
