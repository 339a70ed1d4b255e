// A matrix: one run a cell. While guests of one cell run, the next kernel is built.
import { resolve } from "node:path";
import { InterruptedError, UffdwpError, UsageError } from "./errors.ts";
import { isKselftest } from "./image/kselftest/spec.ts";
import { prepareImage } from "./image/prepare.ts";
import { loadFragments } from "./kernel/kconfig/fragment.ts";
import { prepareKernel } from "./kernel/prepare.ts";
import { parseKernelSpec } from "./kernel/source/spec.ts";
import { type Cell, cellName } from "./plan/matrix.ts";
import { buildGroups } from "./plan/matrix-order.ts";
import { selectCases } from "./plan/select-cases.ts";
import {
  lastJudged,
  type MatrixCell,
  type MatrixRecord,
  writeMatrixRecord,
} from "./record/matrix-record.ts";
import { createReportDirectory } from "./record/results.ts";
import type { Run } from "./record/run-schema.ts";
import { keepMatrixPage } from "./report/html/matrix-page.tsx";
import type { RunView } from "./run/recorded-run.ts";
import { runJob } from "./run/run.ts";

export interface MatrixPlan {
  /** Its whole path. */
  readonly file: string;
  readonly cells: readonly Cell[];
  readonly results: string;
  /** Judges again what an earlier run has judged. */
  readonly again: boolean;
}

export interface RecordedMatrix {
  readonly record: MatrixRecord;
  /** The runs of the cells, where they came to one. */
  readonly runs: readonly (Run | undefined)[];
  readonly directory: string;
  /** What stopped it before its end. */
  readonly error?: InterruptedError;
}

/**
 * Runs all cells, those first whose build failed a cell the last time; the record and the page are
 * renewed after each.
 *
 * @throws {UsageError} when a cell names a kernel, a fragment or a case that does not exist
 */
export async function runMatrix(plan: MatrixPlan, view: RunView): Promise<RecordedMatrix> {
  await checkCells(plan.cells, view);
  const before = await lastJudged(plan.results, plan.file);
  const failed = before.filter(({ status }) => status !== "passed");
  const groups = buildGroups(plan.cells, new Set(failed.map(cellName)));
  const started = new Date();
  const { id, directory } = await createReportDirectory(resolve(plan.results), started, "matrix");
  const judged = new Map<Cell, JudgedCell>();
  const keep = async (finished: string | null): Promise<RecordedMatrix> => {
    const cells = plan.cells.map((cell) => judged.get(cell)?.cell ?? notRun(cell));
    const runs = plan.cells.map((cell) => judged.get(cell)?.run);
    const facts = { schema: 1 as const, id, file: plan.file, started: started.toISOString() };
    const record = { ...facts, finished, cells };
    await writeMatrixRecord(directory, record);
    await keepMatrixPage(directory, record, runs);
    return { record, runs, directory };
  };
  await keep(null);
  const builds = buildAhead(groups, view);
  for (const [i, group] of groups.entries()) {
    await builds[i];
    for (const cell of group) {
      view.note(cellName(cell));
      // How each guest boots is in its run; here only what is not as expected is said.
      const done = await judgeCell(cell, !plan.again, { ...view, note() {} });
      judged.set(cell, done);
      view.note(
        `  ${done.cell.status}${done.cell.reused ? `, judged before as ${done.cell.run}` : ""}`,
      );
      const { error } = done;
      if (error instanceof InterruptedError) return { ...(await keep(null)), error };
      await keep(null);
    }
  }
  return keep(new Date().toISOString());
}

interface JudgedCell {
  readonly cell: MatrixCell;
  readonly run?: Run;
  readonly error?: unknown;
}

async function judgeCell(cell: Cell, reuse: boolean, view: RunView): Promise<JudgedCell> {
  const { kernel, kconfig, suite, job } = cell;
  const names = { kernel, kconfig, suite };
  try {
    const result = await runJob(job, view, { reuse });
    const { run, reused = false } = result;
    const { id, status, reason } = run;
    return {
      cell: { ...names, run: id, status, reused, reason },
      run,
      ...("error" in result && { error: result.error }),
    };
  } catch (error) {
    if (!(error instanceof UffdwpError)) throw error;
    const status = error instanceof InterruptedError ? "interrupted" : "error";
    const reason = error.message;
    return { cell: { ...names, run: null, status, reused: false, reason }, error };
  }
}

/**
 * Builds one kernel after the other, as make takes all processors there are, and waits for no guest.
 * A build that fails is not its cell's only try: the cell's own run meets the error, and records it.
 */
function buildAhead(groups: readonly (readonly Cell[])[], view: RunView): Promise<void>[] {
  let last: Promise<unknown> = Promise.resolve();
  return groups.map(([first]) => {
    const build = last.then(() => prepareKernel((first as Cell).job, quietly(view)));
    last = build.catch(() => {});
    return last.then(() => {});
  });
}

/** The status line belongs to the cell whose guests run. */
function quietly({ note }: RunView) {
  return { note, status() {} };
}

/** What is mistyped in the last cell is said before the first is built. */
async function checkCells(cells: readonly Cell[], view: RunView): Promise<void> {
  if (cells.length === 0) throw new UsageError("The matrix has no cell: all are excluded.");
  const image = await prepareImage(undefined, view);
  for (const { job } of cells) {
    parseKernelSpec(job.kernel);
    await loadFragments(job.kconfig);
    if (!job.suites.some(isKselftest)) {
      selectCases(image.cases, { globs: job.cases, suites: job.suites });
    }
  }
}

function notRun({ kernel, kconfig, suite }: Cell): MatrixCell {
  return { kernel, kconfig, suite, run: null, status: "not-run", reused: false, reason: "" };
}
