// The two tests that tell a change from chance; both make no assumption on how values are spread.

import type { Rate } from "./seen.ts";

/** Of chance, when one rate of failures is held against another. */
const SIGNIFICANT = 0.05;

/** NaN for no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

/**
 * Fisher's exact test, one-sided: how likely so many failures or more are in the second of two
 * samples, if both have the same rate of them.
 */
export function fisherMore(first: Rate, second: Rate): number {
  const failed = first.failed + second.failed;
  const all = first.runs + second.runs;
  let p = 0;
  for (let k = second.failed; k <= Math.min(failed, second.runs); k++) {
    if (failed - k > first.runs) continue;
    p += Math.exp(
      logChoose(second.runs, k) + logChoose(first.runs, failed - k) - logChoose(all, failed),
    );
  }
  return Math.min(1, p);
}

/** Whether more failures in the second sample can hardly be chance. */
export function isMoreFrequent(first: Rate, second: Rate): boolean {
  return fisherMore(first, second) < SIGNIFICANT;
}

/**
 * Mann and Whitney's U test, two-sided, by its normal approximation with corrections for ties and
 * continuity; the approximation holds from about 8 values on each side.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): number {
  const n = first.length;
  const m = second.length;
  const all = [...first, ...second].sort((a, b) => a - b);
  const rankSum = first.reduce((sum, value) => sum + meanRank(all, value), 0);
  const u = rankSum - (n * (n + 1)) / 2;
  const counts = [...new Set(all)].map((value) => all.filter((one) => one === value).length);
  const ties = counts.reduce((sum, t) => sum + t ** 3 - t, 0);
  const size = n + m;
  const variance = ((n * m) / 12) * (size + 1 - ties / (size * (size - 1)));
  if (variance === 0) return 1;
  const z = Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * upperTail(z));
}

/** From 1; equal values share the mean of their ranks. */
function meanRank(sorted: readonly number[], value: number): number {
  return (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1;
}

/** Of the normal distribution, for z ≥ 0: Abramowitz and Stegun, 26.2.17; off by 7.5e-8 at most. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const factors = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const series = factors.reduce((sum, factor) => sum * t + factor, 0) * t;
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}
