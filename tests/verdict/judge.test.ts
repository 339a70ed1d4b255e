import t from "tap";
import type { Finding } from "../../harness/klog/finding.ts";
import type { OutcomeKind } from "../../harness/session/outcome.ts";
import type { Expectation } from "../../harness/verdict/expectation.ts";
import { judge } from "../../harness/verdict/judge.ts";
import { countVerdicts, statusOf } from "../../harness/verdict/status.ts";
import type { Expected } from "../../harness/verdict/verdict.ts";

function verdict(outcome: OutcomeKind, expected: Expected): string {
  const outcomes: OutcomeKind[] = expected === "fail" ? ["fail", "timeout"] : [];
  return judge(
    {
      id: "a",
      suite: "s",
      repetition: 0,
      outcome,
      reason: "",
      durationMs: 1,
      guest: 0,
      findings: [],
      output: "",
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

const KASAN = finding("kasan", "KASAN: slab-use-after-free Read in unmap_page_range");
const STALL = finding("rcu-stall", "INFO: rcu detected stall in madvise_walk_vmas");
const PANIC = finding("panic", "Kernel panic - not syncing: Fatal exception");

function finding(kind: string, title: string): Finding {
  return { kind, title, line: 1, endLine: 2, lines: [], corrupted: false, count: 1 };
}

function known(
  outcome: OutcomeKind,
  findings: readonly Finding[],
  bug: Pick<Expectation, "outcomes" | "findings">,
) {
  const ran = { id: "a", suite: "s", repetition: 0, durationMs: 1, guest: 0, output: "" };
  return judge(
    { ...ran, outcome, reason: "the bit is gone", findings },
    { expected: "fail", because: "merging drops it", ...bug },
  );
}

t.test("a splat does not hide behind a known failure", async (t) => {
  const fails = { outcomes: ["fail" as const] };
  t.match(known("fail", [], fails), { verdict: "known" });
  t.match(known("fail", [KASAN], fails), {
    verdict: "regression",
    reason: `the bit is gone; ${KASAN.title}`,
  });
  t.match(known("fail", [STALL], fails), { verdict: "regression" });
  t.match(known("fail", [{ ...KASAN, allowed: "another bug" }], fails), { verdict: "known" });
});

t.test("a splat that the known bug makes is known with it, and no other", async (t) => {
  const bug = { outcomes: ["fail" as const], findings: ["KASAN: *use-after-free* in unmap_*"] };
  t.match(known("fail", [KASAN], bug), { verdict: "known", reason: "the bit is gone" });
  t.match(known("fail", [KASAN, STALL], bug), { verdict: "regression" });
  t.match(known("fail", [], bug), { verdict: "known" });
});

t.test("a known hang may be told of as a hang, a known crash as it likes", async (t) => {
  const hangs = { outcomes: ["timeout" as const] };
  t.match(known("timeout", [STALL], hangs), { verdict: "known" });
  t.match(known("timeout", [STALL, KASAN], hangs), { verdict: "regression" });
  const crashes = { outcomes: ["crash" as const] };
  t.match(known("crash", [KASAN, PANIC], crashes), { verdict: "known" });
  const named = { ...crashes, findings: [KASAN.title] };
  t.match(known("crash", [KASAN, PANIC], named), { verdict: "known" }, "a crash ends in a panic");
  t.match(known("crash", [STALL, PANIC], named), { verdict: "regression" });
});

t.test("whatever is expected, a splat is a regression", async (t) => {
  for (const expected of ["pass", "skip", "fail"] as const) {
    for (const outcome of ["pass", "skip", "fail", "error"] as const) {
      const found = judge(
        {
          id: "a",
          suite: "s",
          repetition: 0,
          durationMs: 1,
          guest: 0,
          output: "",
          outcome,
          reason: "",
          findings: [KASAN],
        },
        { expected, because: "", outcomes: expected === "fail" ? ["fail"] : [] },
      );
      t.match(found, { verdict: "regression" }, `${outcome}, ${expected}`);
    }
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
