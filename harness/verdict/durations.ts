// Which cases take longer or shorter than before, beyond what a busy machine does to them.
import { mannWhitney, median } from "./statistics.ts";

export interface TimedCase {
  readonly id: string;
  /** Milliseconds, one a repetition. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface DurationChange {
  readonly case: string;
  /** Medians, in milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Of chance; null where there are too few repetitions to say. */
  readonly p: number | null;
}

export interface DurationChanges {
  /** How much slower the second run is as a whole: the median of all cases' ratios. */
  readonly pace: number;
  readonly slower: DurationChange[];
  readonly faster: DurationChange[];
}

/** From here on the U test speaks, below it a wide margin. */
const REPETITIONS = 8;
/** Hundreds of cases are tested at once, so one in a thousand is asked of each, and a margin besides. */
const SIGNIFICANT = 0.001;
const MARGIN = { tested: { factor: 1.2, ms: 20 }, untested: { factor: 2, ms: 300 } } as const;
/** A pace needs company: a handful of cases may well all have become slower. */
const PACE_CASES = 20;

/** The pace of the run is taken out first: a host with other things to do slows all cases alike. */
export function durationChanges(cases: readonly TimedCase[]): DurationChanges {
  const pace = paceOf(cases);
  const changes = cases.flatMap((one) => changeOf(one, pace));
  return {
    pace,
    slower: changes.filter(({ fromMs, toMs }) => toMs / pace > fromMs),
    faster: changes.filter(({ fromMs, toMs }) => toMs / pace < fromMs),
  };
}

function paceOf(cases: readonly TimedCase[]): number {
  const ratios = cases
    .map(({ before, after }) => median(after) / median(before))
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0);
  return ratios.length < PACE_CASES ? 1 : median(ratios);
}

function changeOf({ id, before, after }: TimedCase, pace: number): DurationChange[] {
  const paced = after.map((ms) => ms / pace);
  const [from, to] = [median(before), median(paced)];
  const tested = Math.min(before.length, after.length) >= REPETITIONS;
  const { factor, ms } = tested ? MARGIN.tested : MARGIN.untested;
  if (Math.abs(to - from) < ms || Math.max(from, to) < factor * Math.min(from, to)) return [];
  const p = tested ? mannWhitney(before, paced) : null;
  if (p !== null && p > SIGNIFICANT) return [];
  return [{ case: id, fromMs: Math.round(from), toMs: Math.round(median(after)), p }];
}
