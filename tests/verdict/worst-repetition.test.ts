import t from "tap";
import { worstById } from "../../harness/verdict/worst-repetition.ts";

/** From good to bad. */
const KINDS = [
  ["ok", "pass"],
  ["ok", "skip"],
  ["known", "fail"],
  ["lost", "error"],
  ["unexpected-pass", "pass"],
  ["unexpected-skip", "skip"],
  ["flaky", "fail"],
  ["regression", "timeout"],
  ["regression", "crash"],
] as const;

t.test("the worst repetition speaks, in whatever order they come", async (t) => {
  const all = KINDS.map(([verdict, outcome]) => ({ id: "a", verdict, outcome }));
  for (const [i, worse] of all.entries()) {
    for (const better of all.slice(0, i)) {
      const words = `${worse.verdict}, not ${better.verdict}`;
      t.equal(worstById([better, worse]).get("a"), worse, words);
      t.equal(worstById([worse, better]).get("a"), worse, words);
    }
  }
});

t.test("each case has its own, in the order of the cases", async (t) => {
  const cases = ["b", "a", "b"].map((id, repetition) => {
    return { id, repetition, verdict: "ok", outcome: "pass" } as const;
  });
  const worst = worstById(cases);
  t.same([...worst.values()], cases.slice(0, 2), "the first of those that are as bad");
});

t.test("what a baseline has excused hides nothing that it has not", async (t) => {
  const excused = { id: "a", verdict: "known", outcome: "crash", excused: "regression" } as const;
  const skip = { id: "a", verdict: "unexpected-skip", outcome: "skip" } as const;
  t.equal(worstById([excused, skip]).get("a"), skip);
});
