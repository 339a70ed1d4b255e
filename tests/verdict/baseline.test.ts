import t from "tap";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import { baselineOf, judgeAgainst, judgeFlakyAgainst } from "../../harness/verdict/baseline.ts";
import { standingOf } from "../../harness/verdict/change.ts";
import type { Verdict, VerdictKind } from "../../harness/verdict/verdict.ts";

function verdict(id: string, outcome: OutcomeKind, kind: VerdictKind, repetition = 0): Verdict {
  return {
    id,
    suite: "s",
    repetition,
    outcome,
    verdict: kind,
    expected: "pass",
    because: "",
    reason: "",
    durationMs: 1,
    guest: 0,
    findings: [],
    output: "",
  };
}

const baseline = baselineOf({
  id: "base",
  kernel: { configHash: "" },
  machine: null,
  cases: [
    verdict("good", "pass", "ok"),
    verdict("bad", "fail", "regression"),
    verdict("hangs", "timeout", "regression"),
    verdict("flaky", "fail", "regression", 0),
    verdict("flaky", "crash", "regression", 1),
    verdict("flaky", "pass", "ok", 2),
    verdict("lost", "error", "lost"),
    verdict("surprise", "pass", "unexpected-pass"),
  ],
  findings: [
    { title: "WARNING at boot", case: null },
    { title: "WARNING in a case", case: "bad" },
  ],
});

const judged = (id: string, outcome: OutcomeKind, kind: VerdictKind) =>
  judgeAgainst(baseline, verdict(id, outcome, kind)).verdict;

t.test("a baseline keeps what was not as expected, at its worst", async (t) => {
  t.same(baseline, {
    id: "base",
    standings: { bad: "fail", hangs: "timeout", flaky: "crash", surprise: "unexpected-pass" },
    flaky: {},
    splats: { bad: ["WARNING in a case"] },
    findings: ["WARNING at boot"],
  });
});

t.test("what was as bad already is known, and says why", async (t) => {
  const excused = judgeAgainst(baseline, verdict("bad", "fail", "regression"));
  t.match(excused, {
    verdict: "known",
    excused: "regression",
    outcome: "fail",
    because: "as in the baseline base: fail",
  });
  t.equal(judged("hangs", "fail", "regression"), "known", "less hard than before");
  t.equal(judged("flaky", "crash", "regression"), "known");
  t.equal(judged("surprise", "pass", "unexpected-pass"), "known");
  t.equal(judged("bad", "skip", "unexpected-skip"), "known");
});

t.test("a splat that the baseline's failure had not is news", async (t) => {
  const judgedWith = (title: string) => {
    const findings = [{ title, kind: "warning", lines: [], trace: [], line: 1, endLine: 1 }];
    const failure = { ...verdict("bad", "fail", "regression"), findings };
    return judgeAgainst(baseline, failure as unknown as Verdict).verdict;
  };
  t.equal(judgedWith("WARNING in a case"), "known");
  t.equal(judgedWith("KASAN: use-after-free Read in x"), "regression");
});

t.test("what is worse, or was not there, is not excused", async (t) => {
  t.equal(judged("bad", "crash", "regression"), "regression");
  t.equal(judged("good", "fail", "regression"), "regression");
  t.equal(judged("not there", "fail", "regression"), "regression");
  t.equal(judged("good", "skip", "unexpected-skip"), "unexpected-skip");
  t.equal(judged("surprise", "fail", "regression"), "regression");
});

t.test(
  "what failed now and then is not excused before it is known how often it fails",
  async (t) => {
    const seldom = { flaky: { runs: 10, failed: 1 }, confirmed: 0 };
    const known = { ...verdict("excused", "fail", "known"), excused: "flaky", ...seldom } as const;
    const flaky = baselineOf({
      id: "base",
      kernel: { configHash: "" },
      machine: null,
      findings: [],
      cases: [{ ...verdict("seldom", "fail", "flaky"), ...seldom }, known],
    });
    t.same(flaky.flaky, { seldom: seldom.flaky, excused: seldom.flaky });
    const failure = verdict("seldom", "fail", "regression");
    t.same(judgeAgainst(flaky, failure), failure);
    // As a record has it: findings by their titles.
    const one = { ...failure, findings: [] as string[] };
    const skips = verdict("seldom", "skip", "unexpected-skip");
    t.match(judgeAgainst(flaky, skips), { verdict: "known", excused: "unexpected-skip" });

    const judgedAll = (...cases: Parameters<typeof judgeFlakyAgainst<typeof one>>[1]) =>
      judgeFlakyAgainst(flaky, cases).map((each) => each.verdict);
    const [once] = judgeFlakyAgainst(flaky, [one]);
    t.match(once, { verdict: "known", excused: "regression" }, "a single failure says no more");
    t.equal(once?.because, "as in the baseline base: fail in 1 of 10 runs");
    t.same(judgedAll({ ...one, confirmed: 1 } as typeof one), ["regression"], "it always fails");
    t.same(judgedAll(one, { ...one, repetition: 1 }), ["regression", "regression"]);
    const rate = (failed: number, runs: number) => ({
      ...one,
      verdict: "flaky" as const,
      confirmed: failed - 1,
      flaky: { runs, failed },
    });
    t.same(judgedAll(rate(2, 3)), ["known"]);
    t.same(judgedAll(rate(9, 10)), ["flaky"], "far more often");
    t.same(judgedAll({ ...rate(2, 3), outcome: "crash" }), ["flaky"], "harder");
    t.same(judgedAll({ ...rate(2, 3), id: "other" }), ["flaky"]);
    t.same(judgedAll({ ...rate(2, 3), findings: ["KASAN: bad"] }), ["flaky"], "a new splat");
    t.same(judgeFlakyAgainst(undefined, [one]), [one]);
  },
);

t.test("lost cases are never excused", async (t) => {
  t.equal(judged("lost", "error", "lost"), "lost");
  t.equal(judged("bad", "error", "lost"), "lost");
  t.equal(judged("lost", "fail", "regression"), "regression");
});

t.test("what is as expected stays so, and without a baseline all stays", async (t) => {
  t.equal(judged("bad", "pass", "ok"), "ok");
  t.same(judgeAgainst(undefined, verdict("bad", "fail", "regression")).verdict, "regression");
});

t.test(
  "an excused case stands where it did, so that the next run can have this one as baseline",
  async (t) => {
    const excused = judgeAgainst(baseline, verdict("bad", "fail", "regression"));
    t.equal(standingOf(excused), "fail");
    const next = baselineOf({
      id: "next",
      kernel: { configHash: "" },
      machine: null,
      cases: [excused],
      findings: [],
    });
    t.match(judgeAgainst(next, verdict("bad", "fail", "regression")), { verdict: "known" });
  },
);
