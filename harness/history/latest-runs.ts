// The newest runs, in a line each.
import type { Database } from "./schema.ts";

export interface RunLine {
  readonly name: string;
  readonly started: string;
  /** `interrupted` also of a run that is still going on: the journal can't tell. */
  readonly status: string;
  readonly release: string;
  /** What the kernel was made from, its series included, in words. */
  readonly source: string;
  readonly results: number;
  readonly unexpected: number;
}

/** The newest first. */
export function latestRuns(database: Database, limit: number): RunLine[] {
  const rows = database.all("SELECT * FROM runs ORDER BY name DESC LIMIT ?", [limit]);
  return rows.map((row) => ({
    name: String(row.name),
    started: String(row.started),
    status: String(row.status),
    release: String(row.release),
    source: String(row.source),
    results: Number(row.results),
    unexpected: Number(row.unexpected),
  }));
}
