// matrix.json: which cell was judged by which run, and how it ended.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { publishJson } from "../process/publish.ts";

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

/** The newest record of the same file, or undefined. */
export async function lastMatrixRecord(
  results: string,
  file: string,
): Promise<MatrixRecord | undefined> {
  const names = (await readdir(results).catch(() => [])).filter((name) =>
    /-matrix(-\d+)?$/.test(name),
  );
  for (const name of names.sort().reverse()) {
    const text = await readFile(join(results, name, "matrix.json"), "utf8").catch(() => "{}");
    const { success, data } = matrixRecordSchema.safeParse(JSON.parse(text));
    if (success && data.file === file) return data;
  }
  return undefined;
}
