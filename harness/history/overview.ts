// All cases over the latest runs: which of them are not to be relied on.
import type { Database } from "./schema.ts";

export interface CaseTrend {
  readonly case: string;
  readonly runs: number;
  readonly failed: number;
  /** Of runs on a kernel on which it had run before, those that came out otherwise. */
  readonly repeats: number;
  readonly flakes: number;
  readonly durationMs: number;
}

/** More would take long to read, and tell of kernels that nobody has any more. */
export const LATEST_RUNS = 200;

/** The flakiest first, then those that fail most. */
export function caseTrends(database: Database): CaseTrend[] {
  const rows = database.all(
    // Cross joins keep the order: each case's turns of those runs are looked up, not all turns read.
    `WITH latest AS (SELECT id, name, kernel FROM runs ORDER BY name DESC LIMIT ?),
     telling AS (
       SELECT cases.id AS case_id, cases.name AS name, run_id, outcome, duration,
         LAG(outcome) OVER (PARTITION BY cases.id, kernel ORDER BY latest.name, repetition) AS before
       FROM cases CROSS JOIN latest CROSS JOIN turns
       WHERE turns.case_id = cases.id AND turns.run_id = latest.id
         AND outcome NOT IN ('error', 'not-run')
     )
     SELECT name, COUNT(DISTINCT run_id) AS runs,
       COUNT(DISTINCT CASE WHEN outcome NOT IN ('pass', 'skip') THEN run_id END) AS failed,
       COUNT(before) AS repeats, SUM(before IS NOT NULL AND before <> outcome) AS flakes,
       AVG(duration) AS duration
     FROM telling GROUP BY case_id ORDER BY flakes DESC, failed DESC, name`,
    [LATEST_RUNS],
  );
  return rows.map((row) => ({
    case: String(row.name),
    runs: Number(row.runs),
    failed: Number(row.failed),
    repeats: Number(row.repeats),
    flakes: Number(row.flakes),
    durationMs: Math.round(Number(row.duration)),
  }));
}
