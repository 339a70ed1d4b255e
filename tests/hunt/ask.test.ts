import t from "tap";
import { UntestableKernelError } from "../../harness/errors.ts";
import { answerOf } from "../../harness/hunt/ask.ts";
import { parseSymptom } from "../../harness/hunt/symptom.ts";
import type { Run } from "../../harness/record/run-schema.ts";
import { runWith, sample } from "./runs.ts";

const answer = (run: Run, symptom: string, asked = 3) =>
  answerOf({ run, reused: false }, parseSymptom(symptom), asked);

t.test("once in three times is bad, never is good", async (t) => {
  const base = { reused: false, run: sample.id, asked: 3 };
  t.same(answer(runWith({ "a/b": ["pass", "fail", "pass"] }), "a/b=fail"), {
    ...base,
    verdict: "bad",
    shown: 1,
    why: "a/b fails, 1 of 3 times",
  });
  t.same(answer(runWith({ "a/b": ["pass", "pass", "pass"] }), "a/b=fail"), {
    ...base,
    verdict: "good",
    shown: 0,
    why: "not once in 3 times",
  });
  t.equal(answer(runWith({ "a/b": ["pass"] }), "a/b=fail", 1).why, "");
});

t.test("another outcome of the case is not the symptom, and the kernel is skipped", async (t) => {
  const crash = answer(runWith({ "a/b": ["crash", "crash", "crash"] }), "a/b=fail");
  t.match(crash, { verdict: "skip", shown: 0, why: "not the symptom: a/b crashes" });
  const once = answer(runWith({ "a/b": ["pass", "crash", "pass"] }), "a/b=fail");
  t.match(once, { verdict: "skip", shown: 0 }, "it may have hidden the symptom");
  const both = answer(runWith({ "a/b": ["crash", "fail", "pass"] }), "a/b=fail");
  t.match(both, { verdict: "bad", shown: 1 }, "where both show, the symptom is seen");
});

t.test("another finding is not the symptom", async (t) => {
  const title = "WARNING in zap_pte_range";
  const failed = answer(runWith({ "a/b": ["fail"] }, ["WARNING in move_ptes"]), title, 1);
  t.match(failed, { verdict: "skip", shown: 0, why: "not the symptom: a/b fails" });
  const passed = answer(runWith({ "a/b": ["pass"] }, ["WARNING in move_ptes"]), title, 1);
  t.match(passed, { verdict: "good", shown: 0 });
  const same = answer(runWith({ "a/b": ["pass"] }, [title]), title, 1);
  t.match(same, { verdict: "bad", shown: 1, why: title });
});

t.test("a failure of another case says nothing about this one", async (t) => {
  const other = answer(runWith({ "a/b": ["pass"], "c/d": ["fail"] }), "a/b=fail", 1);
  t.match(other, { verdict: "good", shown: 0 });
});

t.test("what was lost, or not run at all, is skipped", async (t) => {
  const lost = answer(runWith({ "a/b": ["pass", "error", "pass"] }), "a/b=fail");
  t.match(lost, { verdict: "skip", why: "not the symptom: a/b could not be judged" });
  t.match(answer(runWith({ "a/b": ["error"] }), "a/b"), { verdict: "skip", shown: 0 });
  t.match(answer(runWith({}), "a/b=fail"), { verdict: "skip", why: "none of its cases was run" });
});

t.test(
  "a kernel that can't be judged is skipped, in the words that say where it ended",
  async (t) => {
    const said = (stage: "build" | "boot", message: string) =>
      answerOf(
        { run: sample, reused: false, untestable: new UntestableKernelError(message, { stage }) },
        parseSymptom("a/b=fail"),
        3,
      );
    t.match(said("build", "It does not build:\nmm/a.c:1:2: error: no\n  1 | int;"), {
      verdict: "skip",
      shown: 0,
      why: /^It does not build: mm\/a\.c:1:2: error: no$/,
    });
    t.match(said("boot", "It did not reach init: BUG\n[ 0.1] BUG: a"), {
      verdict: "skip",
      why: /^It did not reach init: BUG$/,
    });
  },
);
