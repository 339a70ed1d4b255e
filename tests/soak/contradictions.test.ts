import t from "tap";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { runSchema } from "../../harness/record/run-schema.ts";
import { begin } from "../record/sample-journal.ts";
import { contradictions, type Staged } from "./contradictions.ts";

type Outcome = "pass" | "fail" | "crash" | "timeout";

const PANICS = { "fault/sysrq-panic": "crash", "fault/kill-runner": "crash" } as const;
const FINDINGS = {
  "fault/sysrq-panic": "kernel panic: sysrq triggered crash",
  "fault/kill-runner": "kernel panic: Attempted to kill init!",
};

/** A record of cases with these outcomes, and findings by the case that has them. */
function record(
  outcomes: Readonly<Record<string, Outcome>>,
  findings: Readonly<Record<string, string>> = FINDINGS,
) {
  const cases = Object.entries(outcomes).map(([id, outcome]) => ({
    ...deriveRun([begin]).cases[0],
    id,
    outcome,
    verdict: outcome === "pass" ? "ok" : "regression",
  }));
  const found = Object.entries(findings).map(([owner, title]) => ({
    ...{ title, kind: "panic", case: owner === "" ? null : owner, repetition: 0, guest: 0 },
    ...{ file: "guest-0/console.log", line: 1, endLine: 1, corrupted: false, lines: [title] },
  }));
  const run = { ...deriveRun([begin]), status: "failed", cases, findings: found };
  return runSchema.parse(run);
}

const GOOD = { "anon/a": "pass", "anon/b": "pass", ...PANICS } as const;
const planned = Object.keys(GOOD);
const staged: Staged = {
  planned,
  hits: new Map(),
  verdicts: planned,
  exitCode: 1,
  expectedExitCode: 1,
};

t.test("a run that nothing but its own panics has happened to", async (t) => {
  t.same(contradictions(record(GOOD), staged), []);
});

t.test("a fault is the hit case's, and no other's", async (t) => {
  const hits = new Map([["anon/a", "crash"]] as const);
  const crashed = record({ ...GOOD, "anon/a": "crash" });
  t.same(contradictions(crashed, { ...staged, hits }), []);
  t.match(contradictions(crashed, staged), [/anon\/a is crash, .* where nothing was caused/]);
  t.match(contradictions(record(GOOD), { ...staged, hits }), [/anon\/a is pass, ok, where crash/]);
  const neighbour = record({ ...GOOD, "anon/b": "crash" });
  t.equal(contradictions(neighbour, { ...staged, hits }).length, 2, "one too few, one too many");
  const late = record({ ...GOOD, "anon/a": "timeout" });
  t.match(contradictions(late, { ...staged, hits }), [/anon\/a is timeout, .* where crash/]);
});

t.test("a case that ends its guest may be hit before its kernel says so", async (t) => {
  const hits = new Map([["fault/sysrq-panic", "timeout"]] as const);
  const { "fault/kill-runner": only } = FINDINGS;
  const run = record({ ...GOOD, "fault/sysrq-panic": "timeout" }, { "fault/kill-runner": only });
  t.same(contradictions(run, { ...staged, hits }), []);
  const silent = record(GOOD, { "fault/kill-runner": only });
  t.match(contradictions(silent, staged), ["fault/sysrq-panic has no finding"]);
});

t.test("findings that nobody has caused", async (t) => {
  for (const owner of ["", "anon/a", "fault/sysrq-panic"]) {
    const run = record(GOOD, { ...FINDINGS, [owner]: "WARNING in zap_pte_range" });
    const said = contradictions(run, staged);
    t.match(said, [`WARNING in zap_pte_range in ${owner || "no case"} has no cause`]);
  }
});

t.test("every planned case once", async (t) => {
  const more = { ...staged, planned: [...planned, "anon/c"], verdicts: [...planned, "anon/a"] };
  t.match(contradictions(record(GOOD), more), [
    "anon/c is planned and not recorded",
    "anon/a has two verdicts",
  ]);
  const run = record(GOOD);
  const doubled = { ...run, cases: [...run.cases, ...run.cases.slice(1, 2)] };
  const fewer = { ...staged, planned: planned.slice(1) };
  t.match(contradictions(doubled, fewer), [
    "anon/a is recorded and was not planned",
    "anon/b is recorded twice",
  ]);
});

t.test("status and exit code say how it went", async (t) => {
  const run = { ...record(GOOD), status: "passed" as const };
  t.match(contradictions(run, { ...staged, exitCode: 0 }), [/run is passed/, "exit code 0, not 1"]);
  const killed = { ...staged, exitCode: undefined };
  t.match(contradictions(record(GOOD), killed), ["exit code undefined, not 1"]);
});
