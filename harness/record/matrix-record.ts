// matrix.json: which cell was judged by which run, and how it ended.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { cellName } from "../plan/matrix.ts";
import { publishJson } from "../process/publish.ts";
import { readStored } from "../process/stored-json.ts";

const cellSchema = z.object({
  kernel: z.string(),
  kconfig: z.string(),
  suite: z.string(),
  /** The id of its run, a folder beside the matrix's own; null where it came to none. */
  run: z.string().nullable(),
  status: z.enum(["passed", "failed", "untestable", "error", "interrupted", "not-run"]),
  /** Judged by an earlier run of the same kernel, image, cases and machine. */
  reused: z.boolean(),
  /** Why it is untestable, in error or interrupted; "" otherwise. */
  reason: z.string(),
});

const matrixRecordSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  /** Its whole path: the same file, wherever the command is given. */
  file: z.string(),
  started: z.string(),
  /** Null while it goes on, and where it was interrupted. */
  finished: z.string().nullable(),
  cells: z.array(cellSchema),
});

export type MatrixCell = z.infer<typeof cellSchema>;
export type MatrixRecord = z.infer<typeof matrixRecordSchema>;

export async function writeMatrixRecord(directory: string, record: MatrixRecord): Promise<void> {
  await publishJson(join(directory, "matrix.json"), record);
}

/**
 * The cells of a file as they were judged last, each by whichever matrix of `results` that was: one
 * that was interrupted says nothing about those that it did not come to.
 */
export async function lastJudged(results: string, file: string): Promise<MatrixCell[]> {
  const judged = new Map<string, MatrixCell>();
  for (const record of await recordsOf(results, file)) {
    for (const cell of record.cells) {
      if (cell.status !== "not-run" && cell.status !== "interrupted") {
        judged.set(cellName(cell), cell);
      }
    }
  }
  return [...judged.values()];
}

/** The oldest first. */
async function recordsOf(results: string, file: string): Promise<MatrixRecord[]> {
  const names = (await readdir(results).catch(() => [])).filter((name) =>
    /-matrix(-\d+)?$/.test(name),
  );
  const records: MatrixRecord[] = [];
  for (const name of names.sort()) {
    const record = await readStored(join(results, name, "matrix.json"), matrixRecordSchema);
    if (record?.file === file) records.push(record);
  }
  return records;
}
