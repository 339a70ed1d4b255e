// How often a case stood how, in all of its runs.
import type { OutcomeKind } from "../session/outcome.ts";
import { isAsExpected, type Standing, standingOf } from "./change.ts";
import type { VerdictKind } from "./verdict.ts";

/** `{ pass: 9, crash: 1 }` */
export type Seen = Readonly<Partial<Record<Standing, number>>>;

/** Of all runs of a case that say something, its repetitions and those that were to confirm it. */
export interface Rate {
  readonly runs: number;
  readonly failed: number;
}

/** One repetition of a case; a recorded one has it all. */
export interface Repetition {
  readonly verdict: VerdictKind;
  readonly outcome: OutcomeKind;
  readonly excused?: VerdictKind | undefined;
  /** Where it fails now and then: the rate of the whole case. */
  readonly flaky?: Rate | null;
  /** How often the case has failed again. */
  readonly confirmed?: number;
}

/** What was run again to confirm a failure counts like a repetition. */
export function seenIn(repetitions: readonly Repetition[]): Seen {
  const seen: Partial<Record<Standing, number>> = {};
  for (const standing of [...repetitions.map(standingOf), ...runAgain(repetitions)]) {
    seen[standing] = (seen[standing] ?? 0) + 1;
  }
  return seen;
}

/** A record has only the numbers of these runs: what failed again counts as the same failure, the others as passes. */
function runAgain(repetitions: readonly Repetition[]): Standing[] {
  const failure = repetitions.find(({ flaky, confirmed = 0 }) => flaky || confirmed > 0);
  if (!failure) return [];
  const { flaky, confirmed = 0 } = failure;
  const telling = repetitions.map(standingOf).filter((one) => one !== "lost").length;
  const passed = flaky ? Math.max(0, flaky.runs - telling - confirmed) : 0;
  return [
    ...Array.from({ length: confirmed }, () => standingOf(failure)),
    ...Array.from({ length: passed }, () => "pass" as const),
  ];
}

export function standingsIn(seen: Seen): Standing[] {
  return Object.keys(seen) as Standing[];
}

/** Of the runs that say something, how many were not as expected. */
export function rateIn({ lost: _, ...telling }: Seen): Rate {
  const add = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const failed = Object.entries(telling).filter(([one]) => !isAsExpected(one as Standing));
  return { failed: add(failed.map(([, count]) => count)), runs: add(Object.values(telling)) };
}

/** A lost run says nothing, so it contradicts nothing. */
export function disagree(seen: Seen): boolean {
  return standingsIn(seen).filter((one) => one !== "lost").length > 1;
}
