import t from "tap";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import { type ComparableRun, compareRuns, gotWorse } from "../../harness/verdict/comparison.ts";
import type { VerdictKind } from "../../harness/verdict/verdict.ts";
import { exactly } from "../exactly.ts";

type Judged = readonly [OutcomeKind, VerdictKind];
const PASS: Judged = ["pass", "ok"];
const SKIP: Judged = ["skip", "ok"];
const FAIL: Judged = ["fail", "regression"];
const CRASH: Judged = ["crash", "regression"];
const LOST: Judged = ["error", "lost"];

const machine = { boot: "qemu", accel: "tcg", cpus: 1, memory: 768, qemu: "QEMU 7.2" };

/** A run of cases, each with how its repetitions stood. */
function run(
  cases: Record<string, readonly Judged[]>,
  more: Partial<ComparableRun> = {},
): ComparableRun {
  const repetitions = Object.entries(cases).flatMap(([id, judged]) =>
    judged.map(([outcome, verdict]) => ({
      id,
      outcome,
      verdict,
      reason: outcome === "pass" ? "" : `it did ${outcome}`,
      durationMs: 40,
    })),
  );
  return { kernel: { configHash: "c" }, machine, findings: [], cases: repetitions, ...more };
}

const ids = (changes: readonly { case: string }[]) => changes.map((one) => one.case);
const times = (n: number, judged: Judged) => Array.from({ length: n }, () => judged);

t.test("a run is no better and no worse than itself", async (t) => {
  const one = run({ a: [PASS], b: [FAIL], c: [LOST], d: [PASS, FAIL] });
  const comparison = compareRuns(one, one);
  t.equal(gotWorse(comparison), false);
  t.match(comparison, {
    worse: exactly([]),
    better: exactly([]),
    new: exactly([]),
    gone: exactly([]),
    changed: exactly([]),
    slower: exactly([]),
    faster: exactly([]),
    flaky: exactly([{ case: "d" }]),
    findings: { new: exactly([]), gone: exactly([]) },
    pace: 1,
  });
});

t.test("each case is where it belongs, with its verdicts and the reason", async (t) => {
  const comparison = compareRuns(
    run({ worse: [PASS], better: [FAIL], gone: [PASS], changed: [FAIL], same: [PASS] }),
    run({ worse: [FAIL], better: [PASS], new: [FAIL], changed: [SKIP], same: [PASS] }),
  );
  t.match(
    comparison.worse,
    exactly([
      {
        case: "worse",
        from: "ok",
        to: "regression",
        fromOutcome: "pass",
        toOutcome: "fail",
        fromSeen: { pass: 1 },
        toSeen: { fail: 1 },
        reason: "it did fail",
      },
    ]),
  );
  t.match(comparison.better, exactly([{ case: "better", from: "regression", to: "ok" }]));
  t.match(comparison.new, exactly([{ case: "new", from: null, to: "regression", fromSeen: {} }]));
  t.match(comparison.gone, exactly([{ case: "gone", from: "ok", to: null, toOutcome: null }]));
  t.same(ids(comparison.changed), ["changed"]);
  t.ok(gotWorse(comparison));
});

t.test("new cases that fail are new, not worse", async (t) => {
  t.equal(gotWorse(compareRuns(run({}), run({ a: [FAIL] }))), false);
});

t.test("a feature that the same configuration no longer offers is worse", async (t) => {
  const [before, after] = [run({ a: [PASS] }), run({ a: [SKIP] })];
  t.same(ids(compareRuns(before, after).worse), ["a"]);
  const other = { ...after, kernel: { configHash: "other" } };
  t.same(ids(compareRuns(before, other).changed), ["a"]);
  const unknown = { kernel: { configHash: "" } };
  t.same(ids(compareRuns({ ...before, ...unknown }, { ...after, ...unknown }).changed), ["a"]);
});

t.test("a failure never seen before is worse, however seldom it is", async (t) => {
  const comparison = compareRuns(
    run({ a: times(10, PASS) }),
    run({ a: [...times(9, PASS), CRASH] }),
  );
  t.match(
    comparison.worse,
    exactly([{ case: "a", toOutcome: "crash", toSeen: { pass: 9, crash: 1 } }]),
  );
  t.same(ids(comparison.flaky), ["a"]);
});

t.test("a flaky failure is worse only when it is significantly more frequent", async (t) => {
  const seldom = run({ a: [...times(9, PASS), FAIL] });
  const often = run({ a: [...times(2, PASS), ...times(8, FAIL)] });
  const little = run({ a: [...times(7, PASS), ...times(3, FAIL)] });
  t.same(ids(compareRuns(seldom, often).worse), ["a"]);
  const unclear = compareRuns(seldom, little);
  t.same([unclear.worse, ids(unclear.flaky)], [[], ["a"]]);
});

t.test("a flaky failure is mended only when so many passes can't be chance", async (t) => {
  const flaky = run({ a: [...times(5, PASS), ...times(5, FAIL)] });
  t.same(compareRuns(flaky, run({ a: times(3, PASS) })).better, []);
  t.same(ids(compareRuns(flaky, run({ a: times(10, PASS) })).better), ["a"]);
  const always = run({ a: times(10, FAIL) });
  const less = compareRuns(always, flaky);
  t.same([less.better, less.worse, ids(less.flaky)], [[], [], ["a"]], "it still fails");
});

t.test("runs that were to confirm a failure count like repetitions", async (t) => {
  const once = (more: object) => {
    const failed = run({ a: [FAIL] });
    return { ...failed, cases: failed.cases.map((one) => ({ ...one, ...more })) };
  };
  const seldom = (failed: number, runs: number) =>
    once({ verdict: "flaky", flaky: { runs, failed }, confirmed: failed - 1 });
  const always = once({ flaky: null, confirmed: 2 });
  const pass = run({ a: [PASS] });

  const began = compareRuns(pass, seldom(1, 3));
  t.match(began.worse, exactly([{ case: "a", to: "flaky", toSeen: { fail: 1, pass: 2 } }]));
  t.same(ids(began.flaky), ["a"]);
  const perhapsAlways = compareRuns(seldom(1, 3), always);
  t.same(perhapsAlways.worse, [], "one in three, then three in three, may be chance");
  t.match(perhapsAlways.flaky, exactly([{ fromSeen: { fail: 1, pass: 2 }, toSeen: { fail: 3 } }]));
  t.same(ids(compareRuns(seldom(1, 10), always).worse), ["a"]);
  const perhapsGone = compareRuns(seldom(1, 3), pass);
  t.same([perhapsGone.better, ids(perhapsGone.flaky)], [[], ["a"]]);
  t.same(ids(compareRuns(always, pass).better), ["a"]);
  const same = compareRuns(seldom(2, 3), seldom(2, 3));
  t.same([same.worse, same.better, ids(same.flaky)], [[], [], ["a"]]);
});

t.test("what a baseline has excused keeps its rate", async (t) => {
  const failed = run({ a: [FAIL] });
  const excused = { verdict: "known", excused: "flaky", flaky: { runs: 3, failed: 1 } } as const;
  const known = { ...failed, cases: failed.cases.map((one) => ({ ...one, ...excused })) };
  const { better, flaky } = compareRuns(known, run({ a: [PASS] }));
  t.same(better, []);
  t.match(flaky, exactly([{ from: "flaky", fromSeen: { fail: 1, pass: 2 } }]));
});

t.test("a lost repetition contradicts nothing", async (t) => {
  const comparison = compareRuns(run({ a: [PASS, PASS] }), run({ a: [PASS, LOST] }));
  t.same([comparison.worse, comparison.flaky], [[], []]);
  t.same(ids(compareRuns(run({ a: [PASS] }), run({ a: [LOST] })).worse), ["a"]);
});

t.test("a splat that no case owns makes a run worse", async (t) => {
  const splat = { title: "WARNING in zap_pte_range", case: null };
  const noisy = run({ a: [PASS] }, { findings: [splat, splat] });
  const owned = run({ a: [PASS] }, { findings: [{ ...splat, case: "a" }] });
  const comparison = compareRuns(owned, noisy);
  t.same(comparison.findings, { new: [splat.title], gone: [] });
  t.ok(gotWorse(comparison));
  t.match(compareRuns(noisy, owned), {
    findings: { new: exactly([]), gone: exactly([splat.title]) },
  });
  t.notOk(gotWorse(compareRuns(noisy, noisy)));
});

t.test("clocks are compared on like machines, and of passes", async (t) => {
  const slow = run({ a: [PASS], b: [FAIL] });
  const cases = slow.cases.map((one) => ({ ...one, durationMs: 2000 }));
  t.same(
    compareRuns(run({ a: [PASS], b: [FAIL] }), { ...slow, cases }).slower.map((one) => one.case),
    ["a"],
  );
  const elsewhere = { ...slow, cases, machine: { ...machine, accel: "kvm" } };
  t.match(compareRuns(run({ a: [PASS] }), elsewhere), {
    slower: exactly([]),
    faster: exactly([]),
    pace: null,
  });
});
