// A run that another is judged against: what was as bad in it already is nobody's news.
import { changeBetween, isAsExpected, type Standing, standingOf, worstOf } from "./change.ts";
import { type ComparableRun, strayIn } from "./comparison.ts";
import type { Verdict } from "./verdict.ts";

export interface Baseline {
  /** The run's id. */
  readonly id: string;
  /** How the cases stood, at their worst, that were not as expected. */
  readonly standings: Readonly<Record<string, Standing>>;
  /** Titles of findings outside of cases. */
  readonly findings: readonly string[];
}

export function baselineOf(run: ComparableRun & { readonly id: string }): Baseline {
  const standings: Record<string, Standing> = {};
  for (const one of run.cases) {
    const standing = standingOf(one);
    if (isAsExpected(standing) || standing === "lost") continue;
    const before = standings[one.id];
    standings[one.id] = before ? worstOf([before, standing]) : standing;
  }
  const stray = strayIn(run.findings).map(({ title }) => title);
  return { id: run.id, standings, findings: [...new Set(stray)] };
}

/**
 * What was no better in the baseline becomes known, and keeps the verdict that it would have
 * without. A lost case is never excused: it says nothing about the kernel, then as now.
 */
export function judgeAgainst(baseline: Baseline | undefined, verdict: Verdict): Verdict {
  const standing = standingOf(verdict);
  if (!baseline || isAsExpected(standing) || standing === "lost") return verdict;
  const before = baseline.standings[verdict.id];
  if (!before || changeBetween(before, standing, false) === "worse") return verdict;
  const because = `as in the baseline ${baseline.id}: ${before}`;
  return { ...verdict, verdict: "known", excused: verdict.verdict, because };
}
