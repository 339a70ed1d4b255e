import { readFileSync } from "node:fs";
import t from "tap";
import { changeBetween, type Standing, standingOf, worstOf } from "../../harness/verdict/change.ts";

const ALL: readonly Standing[] = [
  "pass",
  "skip",
  "known",
  "unexpected-pass",
  "unexpected-skip",
  "lost",
  "fail",
  "timeout",
  "crash",
];
const EXPECTED: readonly Standing[] = ["pass", "skip", "known"];
const FAILURES: readonly Standing[] = ["fail", "timeout", "crash"];

t.test("how a case stands is its outcome where the verdict says no more", async (t) => {
  t.equal(standingOf({ verdict: "ok", outcome: "pass" }), "pass");
  t.equal(standingOf({ verdict: "ok", outcome: "skip" }), "skip");
  t.equal(standingOf({ verdict: "known", outcome: "timeout" }), "known");
  t.equal(standingOf({ verdict: "lost", outcome: "error" }), "lost");
  t.equal(standingOf({ verdict: "unexpected-skip", outcome: "skip" }), "unexpected-skip");
  for (const outcome of ["fail", "timeout", "crash"] as const) {
    t.equal(standingOf({ verdict: "regression", outcome }), outcome);
  }
});

t.test("nothing changes between a standing and itself", async (t) => {
  for (const one of ALL) t.equal(changeBetween(one, one, true), "same", one);
});

t.test("what was as expected and is so no longer is worse", async (t) => {
  for (const from of EXPECTED) {
    for (const to of ALL.filter((one) => !EXPECTED.includes(one))) {
      t.equal(changeBetween(from, to, false), "worse", `${from} to ${to}`);
    }
  }
});

t.test("a failure is worse than all but a failure as hard", async (t) => {
  for (const to of FAILURES) {
    for (const from of ALL.filter((one) => !FAILURES.includes(one))) {
      t.equal(changeBetween(from, to, false), "worse", `${from} to ${to}`);
    }
  }
  t.equal(changeBetween("fail", "timeout", false), "worse");
  t.equal(changeBetween("timeout", "crash", false), "worse");
  t.equal(changeBetween("crash", "fail", false), "better");
});

t.test("a failure is mended by a pass alone", async (t) => {
  for (const from of [...FAILURES, "known", "unexpected-skip", "lost"] as const) {
    t.equal(changeBetween(from, "pass", false), "better", from);
  }
  for (const from of FAILURES) {
    for (const to of ["skip", "known", "unexpected-pass", "unexpected-skip", "lost"] as const) {
      t.equal(changeBetween(from, to, true), "changed", `${from} to ${to}`);
    }
  }
});

t.test("a pass that fails for a known reason is worse all the same", async (t) => {
  t.equal(changeBetween("pass", "known", false), "worse");
  t.equal(changeBetween("skip", "known", false), "changed", "it was not looked at before");
});

t.test(
  "an expected skip of what passed is worse where the configuration is the same",
  async (t) => {
    t.equal(changeBetween("pass", "skip", true), "worse");
    t.equal(changeBetween("pass", "skip", false), "changed");
    t.equal(changeBetween("skip", "pass", true), "better");
    t.equal(changeBetween("skip", "pass", false), "changed");
  },
);

t.test("no change is worse, or better, both ways", async (t) => {
  for (const from of ALL) {
    for (const to of ALL) {
      const [there, back] = [changeBetween(from, to, true), changeBetween(to, from, true)];
      if (there === "worse") t.not(back, "worse", `${from} to ${to}`);
      if (there === "better") t.equal(back, "worse", `${from} to ${to}`);
    }
  }
});

t.test("the worst repetition speaks, a lost one only where there is no other", async (t) => {
  t.equal(worstOf(["pass", "crash", "fail"]), "crash");
  t.equal(worstOf(["pass", "lost"]), "pass");
  t.equal(worstOf(["lost", "lost"]), "lost");
  t.equal(worstOf(["known", "unexpected-skip"]), "unexpected-skip");
});

t.test("the table in the documentation is the one we decide by", async (t) => {
  const text = readFileSync(new URL("../../docs/compare.md", import.meta.url), "utf8");
  const rows = text
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
  t.equal(rows.length, ALL.length);
  for (const [i, row] of rows.entries()) {
    const [, name, ...cells] = row.split("|").map((cell) => cell.trim());
    const from = ALL[i] as Standing;
    t.equal(name?.replace(" ", "-"), from);
    for (const [j, to] of ALL.entries()) {
      const [same, other] = [changeBetween(from, to, true), changeBetween(from, to, false)];
      const expected = same === other ? same.replace("same", "") : "(1)";
      t.equal(cells[j], expected, `${from} to ${to}`);
    }
  }
});
