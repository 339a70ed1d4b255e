import t from "tap";
import { durationChanges, type TimedCase } from "../../harness/verdict/durations.ts";
import { exactly } from "../exactly.ts";

const times = (n: number, ms: (i: number) => number) => Array.from({ length: n }, (_, i) => ms(i));
const one = (before: readonly number[], after: readonly number[], id = "a"): TimedCase => ({
  id,
  before,
  after,
});
/** Cases that did not change, so that a pace can be told. */
const steady = (factor: number) =>
  times(30, (i) => i).map((i) => one([50 + i], [(50 + i) * factor], `steady-${i}`));

t.test("one repetition: only what is twice as long and 300 ms apart is told", async (t) => {
  t.same(durationChanges([one([40], [120])]).slower, [], "three times, yet 80 ms");
  t.same(durationChanges([one([1000], [1500])]).slower, [], "500 ms, yet half as much again");
  t.match(durationChanges([one([400], [1000])]), {
    slower: exactly([{ case: "a", fromMs: 400, toMs: 1000, p: null }]),
    faster: exactly([]),
  });
  t.match(durationChanges([one([1000], [400])]), {
    slower: exactly([]),
    faster: exactly([{ case: "a" }]),
  });
});

t.test("repetitions: a small change that the test sees is told, noise is not", async (t) => {
  const before = times(10, (i) => 100 + i);
  const slower = times(10, (i) => 130 + i);
  const { slower: found } = durationChanges([one(before, slower)]);
  t.match(found, exactly([{ case: "a", fromMs: 105, toMs: 135 }]));
  t.ok((found[0]?.p ?? 1) < 0.001);
  const noise = times(10, (i) => (i % 2 === 0 ? 95 : 180));
  t.same(durationChanges([one(before, noise)]).slower, []);
  t.same(durationChanges([one(before.slice(3), slower.slice(3))]).slower, [], "7 are too few");
});

t.test("a slower host slows all cases, and that is not theirs", async (t) => {
  const changes = durationChanges([...steady(3), one([400], [1200])]);
  t.equal(Math.round(changes.pace), 3);
  t.same([changes.slower, changes.faster], [[], []]);
  const alone = durationChanges([...steady(3), one([400], [3600])]);
  t.match(alone.slower, exactly([{ case: "a", fromMs: 400, toMs: 3600 }]));
  const left = durationChanges([...steady(3), one([1200], [1200])]);
  t.match(left.faster, exactly([{ case: "a" }]), "it alone did not become slower");
});

t.test("a few cases have no pace", async (t) => {
  t.equal(durationChanges([one([100], [1000])]).pace, 1);
  t.same(durationChanges([]), { pace: 1, slower: [], faster: [] });
});
