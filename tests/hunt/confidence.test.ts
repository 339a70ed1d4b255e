import t from "tap";
import { type Asked, confidence } from "../../harness/hunt/confidence.ts";

let runs = 0;
const kernel = (shown: number, asked: number): Asked => ({ run: String(runs++), shown, asked });
const kernels = (count: number, shown: number, asked: number) =>
  Array.from({ length: count }, () => kernel(shown, asked));

t.test("without a good kernel there is nothing to doubt", async (t) => {
  t.equal(confidence([kernel(3, 3)], []), 1);
});

t.test("one ask of a symptom seen once: Jeffreys' prior says three quarters", async (t) => {
  t.equal(confidence([kernel(1, 1)], [kernel(0, 1)]), 0.75);
});

t.test("more asks, more sightings and fewer good kernels make surer", async (t) => {
  const usual = confidence(kernels(2, 3, 3), kernels(2, 0, 3));
  t.ok(confidence(kernels(2, 3, 3), kernels(2, 0, 10)) > usual);
  t.ok(confidence(kernels(3, 3, 3), kernels(2, 0, 3)) > usual);
  t.ok(confidence(kernels(2, 3, 3), kernels(1, 0, 3)) > usual);
});

t.test("commits that share a run are one kernel, and count once", async (t) => {
  const [bad, good] = [kernel(3, 3), kernel(0, 3)];
  t.equal(confidence([bad, bad, bad], [good, good]), confidence([bad], [good]));
});

t.test("a flaky symptom makes every good kernel doubtful", async (t) => {
  t.ok(confidence(kernels(2, 3, 3), kernels(2, 0, 3)) > 0.9);
  t.ok(confidence(kernels(2, 1, 3), kernels(2, 0, 3)) < 0.5);
  t.ok(confidence([kernel(20, 60)], kernels(2, 0, 60)) > 0.99);
});
