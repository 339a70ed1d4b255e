// How sure a hunt is of its result, from how often the symptom showed where it could.

/** So often a kernel was asked, and so often it showed the symptom. */
export interface Asked {
  /** The run's id: kernels of the same content share one, and count once. */
  readonly run: string;
  readonly shown: number;
  readonly asked: number;
}

/**
 * The probability that no kernel that was found good would have shown the symptom after all.
 *
 * The share p of asks in which a bad kernel shows it is not known, only that it did in `shown` of
 * `asked`. With Jeffreys' prior p is spread as Beta(shown + ½, asked − shown + ½), and a bad kernel
 * hides it through n asks with the probability E[(1 − p)ⁿ], which that distribution has in closed
 * form. A kernel that showed it is bad beyond doubt.
 */
export function confidence(bad: readonly Asked[], good: readonly Asked[]): number {
  const { shown, asked } = sightingsIn(bad);
  const trusted = distinct(good).map(
    (one) => 1 - hides(shown + 0.5, asked - shown + 0.5, one.asked),
  );
  return trusted.reduce((product, one) => product * one, 1);
}

/** How often kernels were asked, and how often they showed it. */
export function sightingsIn(answers: readonly Asked[]): { shown: number; asked: number } {
  const runs = distinct(answers);
  return { shown: sum(runs.map((one) => one.shown)), asked: sum(runs.map((one) => one.asked)) };
}

function distinct(answers: readonly Asked[]): Asked[] {
  return [...new Map(answers.map((one) => [one.run, one])).values()];
}

function hides(a: number, b: number, asks: number): number {
  const factors = Array.from({ length: asks }, (_, i) => (b + i) / (a + b + i));
  return factors.reduce((product, factor) => product * factor, 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
