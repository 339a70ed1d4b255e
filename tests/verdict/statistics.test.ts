import t from "tap";
import { fisherMore, mannWhitney, median } from "../../harness/verdict/statistics.ts";

const near = (value: number, expected: number, tolerance: number) =>
  Math.abs(value - expected) <= tolerance;

t.test("the median of an even number lies between the two in the middle", async (t) => {
  t.equal(median([3, 1, 2]), 2);
  t.equal(median([4, 1, 3, 2]), 2.5);
  t.ok(Number.isNaN(median([])));
});

t.test("Fisher's test says what counting by hand says", async (t) => {
  // The lady tasting tea: 4 of 4 right, 1 way out of C(8,4) = 70.
  t.ok(near(fisherMore({ failed: 0, runs: 4 }, { failed: 4, runs: 4 }), 1 / 70, 1e-12));
  t.ok(near(fisherMore({ failed: 1, runs: 4 }, { failed: 3, runs: 4 }), 17 / 70, 1e-12));
  t.equal(fisherMore({ failed: 0, runs: 10 }, { failed: 0, runs: 10 }), 1);
  t.ok(near(fisherMore({ failed: 0, runs: 1 }, { failed: 1, runs: 20 }), 20 / 21, 1e-12));
});

t.test("the U test comes near the exact value and knows ties", async (t) => {
  const low = [1, 2, 3, 4, 5, 6, 7, 8];
  const high = low.map((value) => value + 100);
  // The exact value, for 8 and 8 that don't overlap: 2 of C(16,8), 0.000155.
  t.ok(near(mannWhitney(low, high), 0.000155, 0.001));
  t.equal(mannWhitney(low, high), mannWhitney(high, low));
  t.equal(mannWhitney([5, 5, 5], [5, 5, 5]), 1);
  t.ok(mannWhitney(low, low) > 0.9);
  // scipy.stats.mannwhitneyu(…, method="asymptotic"): pvalue 0.101274
  const p = mannWhitney([1, 1, 2, 3, 3, 4, 5, 9], [2, 4, 4, 5, 6, 7, 7, 8]);
  t.ok(near(p, 0.101274, 1e-6), String(p));
});
