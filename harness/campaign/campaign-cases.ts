// Which cases a campaign runs: ours, the suites of others, or both in columns of their own.
import type { CaseDescription } from "../image/case-list.ts";
import { suiteNameOf } from "../image/kselftest/spec.ts";
import type { LimitedCase } from "../mutants/stand.ts";
import type { Job } from "../plan/job.ts";
import { ownLimit } from "../plan/limits.ts";
import { selectCases } from "../plan/select-cases.ts";

/** All our cases as one column, beside suites of others. */
const OURS = "ours";

/** The job as far as suites of others are concerned. */
export function kselftestJob(job: Job): Job {
  return { ...job, suites: job.suites.filter((suite) => suite !== OURS) };
}

/** The suites side by side; one alone is no column. */
export function columnsOf({ suites }: Job): string[] {
  return suites.length > 1 ? suites.map(suiteNameOf) : [];
}

/**
 * @param limitMs of a case that has no limit of its own
 * @throws {UsageError} when a pattern or a suite matches none
 */
export function campaignCases(
  cases: readonly CaseDescription[],
  job: Job,
  limitMs: number,
  accel: "kvm" | "tcg" = "tcg",
): LimitedCase[] {
  const ours = new Set(cases.filter(({ results }) => results === "one").map(({ suite }) => suite));
  const suites = job.suites.map(suiteNameOf).flatMap((one) => (one === OURS ? [...ours] : [one]));
  const columns = columnsOf(job);
  const usual = suites.length === 0 ? cases.filter(({ results }) => results === "one") : cases;
  return selectCases(usual, { globs: job.cases, suites }).map((description) => {
    const { limit, suite } = description;
    const own = columns.includes(suite) ? suite : OURS;
    return {
      description,
      column: columns.length > 0 ? own : "",
      limitMs: limit === undefined ? limitMs : ownLimit(limit, job, accel),
    };
  });
}
