// A run that another is judged against: what was as bad in it already is nobody's news.
import { changeBetween, isAsExpected, type Standing, standingOf, worstOf } from "./change.ts";
import { type ComparableRun, strayIn } from "./comparison.ts";
import { type Rate, type Repetition, rateIn, seenIn } from "./seen.ts";
import { isMoreFrequent } from "./statistics.ts";
import type { Verdict } from "./verdict.ts";

export interface Baseline {
  /** The run's id. */
  readonly id: string;
  /** How the cases stood, at their worst, that were not as expected. */
  readonly standings: Readonly<Record<string, Standing>>;
  /** Which of them failed now and then only, and how often; older journals don't say. */
  readonly flaky?: Readonly<Record<string, Rate>>;
  /** Titles of findings in the cases that have some; older journals don't say. */
  readonly splats?: Readonly<Record<string, readonly string[]>>;
  /** Titles of findings outside of cases. */
  readonly findings: readonly string[];
}

interface Judged extends Repetition {
  readonly id: string;
  readonly because: string;
}

interface Recorded extends Judged {
  /** Titles. */
  readonly findings: readonly string[];
}

export function baselineOf(run: ComparableRun & { readonly id: string }): Baseline {
  const standings: Record<string, Standing> = {};
  const flaky: Record<string, Rate> = {};
  for (const one of run.cases) {
    const standing = standingOf(one);
    if (isAsExpected(standing) || standing === "lost") continue;
    const before = standings[one.id];
    standings[one.id] = before ? worstOf([before, standing]) : standing;
    if (one.flaky) flaky[one.id] = one.flaky;
  }
  const stray = strayIn(run.findings).map(({ title }) => title);
  return { id: run.id, standings, flaky, splats: splatsIn(run), findings: [...new Set(stray)] };
}

function splatsIn({ findings }: ComparableRun): Record<string, string[]> {
  const splats: Record<string, string[]> = {};
  for (const { case: id, title } of findings) {
    if (id !== null && !splats[id]?.includes(title)) splats[id] = [...(splats[id] ?? []), title];
  }
  return splats;
}

/**
 * What was no better in the baseline becomes known, and keeps the verdict that it would have
 * without. A splat that was not there is news, whatever else was. A lost case is never excused: it says nothing about the kernel, then as now.
 */
export function judgeAgainst(baseline: Baseline | undefined, verdict: Verdict): Verdict {
  const standing = standingOf(verdict);
  if (!baseline || isAsExpected(standing) || standing === "lost") return verdict;
  // Whether it still fails only now and then is known when it was run again.
  if (verdict.verdict === "regression" && baseline.flaky?.[verdict.id]) return verdict;
  const before = baseline.standings[verdict.id];
  if (!before || changeBetween(before, standing, false) === "worse") return verdict;
  const splats = verdict.findings.filter(({ allowed }) => allowed === undefined);
  const titles = splats.map(({ title }) => title);
  if (hasNewSplat(baseline, verdict.id, titles)) return verdict;
  return excuse(verdict, `as in the baseline ${baseline.id}: ${before}`);
}

/**
 * The same cases, all runs of each known: what fails now and then in the baseline becomes known as
 * well, unless it fails more often now, or each time.
 */
export function judgeFlakyAgainst<T extends Recorded>(
  baseline: Baseline | undefined,
  cases: readonly T[],
): T[] {
  return cases.map((one) => {
    const [before, rate] = [baseline?.standings[one.id], baseline?.flaky?.[one.id]];
    const isFailure = one.verdict === "regression" || one.verdict === "flaky";
    if (!baseline || !before || !rate || !isFailure) return one;
    if (changeBetween(before, standingOf(one), false) === "worse") return one;
    if (hasNewSplat(baseline, one.id, one.findings)) return one;
    const now = rateIn(seenIn(cases.filter(({ id }) => id === one.id)));
    if (failsEachTime(now) || isMoreFrequent(rate, now)) return one;
    const often = `${rate.failed} of ${rate.runs} runs`;
    return excuse(one, `as in the baseline ${baseline.id}: ${before} in ${often}`);
  });
}

function hasNewSplat({ splats }: Baseline, id: string, titles: readonly string[]): boolean {
  return splats !== undefined && titles.some((title) => !splats[id]?.includes(title));
}

/** A single failure says no more than the baseline did. */
function failsEachTime({ failed, runs }: Rate): boolean {
  return runs > 1 && failed === runs;
}

function excuse<T extends Judged>(one: T, because: string): T {
  return { ...one, verdict: "known", excused: one.verdict, because };
}
