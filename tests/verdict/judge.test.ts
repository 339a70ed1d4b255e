import t from "tap";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import { judge } from "../../harness/verdict/judge.ts";
import { countVerdicts, statusOf } from "../../harness/verdict/status.ts";
import type { Expected } from "../../harness/verdict/verdict.ts";

function verdict(outcome: OutcomeKind, expected: Expected): string {
  const outcomes: OutcomeKind[] = expected === "fail" ? ["fail", "timeout"] : [];
  return judge(
    {
      ...{ id: "a", suite: "s", repetition: 0, outcome, reason: "", durationMs: 1, guest: 0 },
      ...{ findings: [], output: "" },
    },
    { expected, because: "", outcomes },
  ).verdict;
}

t.test("every outcome against every expectation", async (t) => {
  const table: [OutcomeKind, string, string, string][] = [
    // outcome    pass expected       skip expected     failure expected
    ["pass", "ok", "unexpected-pass", "unexpected-pass"],
    ["skip", "unexpected-skip", "ok", "unexpected-skip"],
    ["fail", "regression", "regression", "known"],
    ["timeout", "regression", "regression", "known"],
    ["crash", "regression", "regression", "regression"],
    ["error", "lost", "lost", "lost"],
    ["not-run", "lost", "lost", "lost"],
  ];
  for (const [outcome, ...wanted] of table) {
    const found = (["pass", "skip", "fail"] as const).map((expected) => verdict(outcome, expected));
    t.same(found, wanted, outcome);
  }
});

t.test("one unexpected result fails a run, lost ones alone are our fault", async (t) => {
  const status = (kinds: Parameters<typeof countVerdicts>[0], stray = 0) =>
    statusOf(countVerdicts(kinds), stray);
  t.equal(status(["ok", "known"]), "passed");
  t.equal(status(["ok", "regression"]), "failed");
  t.equal(status(["ok", "unexpected-skip"]), "failed");
  t.equal(status(["ok", "unexpected-pass"]), "failed");
  t.equal(status(["ok", "lost"]), "error");
  t.equal(status(["lost", "regression"]), "failed");
  t.equal(status(["ok"], 1), "failed", "a splat that no case owns");
});
