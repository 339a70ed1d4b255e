import t from "tap";
import { type EndedRun, outcomeOf } from "../../harness/session/case-outcome.ts";
import { endedRun } from "./ended-run.ts";

const ID = "shmem/present/write";
const finding = {
  title: "WARNING in zap_pte_range",
  kind: "warning",
  line: 1,
  endLine: 2,
  lines: [],
  corrupted: false,
  count: 1,
};

const ended = (output: string, changes: Partial<EndedRun> = {}) =>
  endedRun(`KTAP version 1\n1..1\n${output}`, changes);

t.test("what a case says is its outcome", async (t) => {
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`)), { outcome: "pass", reason: "" });
  const failed = ended(`# pagemap: clear\nnot ok 1 ${ID}\n`, { exitCode: 1 });
  t.match(outcomeOf(ID, failed), { outcome: "fail", reason: "pagemap: clear" });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID} # SKIP no swap\n`)), {
    outcome: "skip",
    reason: "no swap",
  });
  t.match(outcomeOf(ID, ended(`not ok 1 ${ID} # ERROR could not reclaim\n`)), { outcome: "error" });
});

t.test("a splat makes a case fail that says ok", async (t) => {
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`, { findings: [finding] })), {
    outcome: "fail",
    reason: "WARNING in zap_pte_range",
  });
});

t.test("a splat is the kernel's, even where the case could not set its scene", async (t) => {
  const run = ended(`not ok 1 ${ID} # ERROR a child died\n`, { findings: [finding] });
  t.match(outcomeOf(ID, run), {
    outcome: "fail",
    reason: "a child died; WARNING in zap_pte_range",
  });
});

t.test("an allowed splat is recorded and fails nothing; another beside it does", async (t) => {
  const allowed = { ...finding, title: "WARNING in a", allowed: "a known one" };
  const run = ended(`ok 1 ${ID}\n`, { findings: [allowed] });
  t.match(outcomeOf(ID, run), { outcome: "pass", findings: [{ title: "WARNING in a" }] });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`, { findings: [allowed, finding] })), {
    outcome: "fail",
    reason: "WARNING in zap_pte_range",
  });
});

t.test("an answer that is not the case's own counts for nothing", async (t) => {
  t.match(outcomeOf(ID, ended("")), { outcome: "error", reason: /printed no result/ });
  t.match(outcomeOf(ID, ended("ok 1 another/case/id\n")), { outcome: "error" });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\nok 2 more\n`)), { outcome: "error" });
  const liar = ended(`ok 1 ${ID}\n`, { exitCode: 1 });
  t.match(outcomeOf(ID, liar), { outcome: "error", reason: /says ok and exits with 1/ });
});

t.test("a plan that does not match is never a pass", async (t) => {
  const outcome = (output: string) => outcomeOf(ID, endedRun(output));
  t.match(outcome(`1..2\nok 1 ${ID}\n`), {
    outcome: "error",
    reason: "1 results where 2 were planned",
  });
  t.match(outcome(`1..2\nok 1 ${ID} # SKIP no swap\n`), { outcome: "error" });
  t.match(outcome(`1..1\nok 1 ${ID}\nBail out! no memory\n`), {
    outcome: "error",
    reason: "Bail out! no memory",
  });
  t.match(outcome(`1..1\nok 2 ${ID}\n`), { outcome: "error" });
  t.match(outcome(`1..1\n  1..2\n  ok 1 half\nok 1 ${ID}\n`), { outcome: "error" });
  t.match(outcome(`1..2\nnot ok 1 ${ID}\n`), { outcome: "fail" }, "a failure stays one");
});

t.test("a case fails with what fails below it", async (t) => {
  const below = (child: string, own = `ok 1 ${ID}`) =>
    outcomeOf(ID, ended(`  1..2\n  ok 1 first\n  ${child}\n${own}\n`));
  t.match(below("not ok 2 second"), { outcome: "fail", reason: "second" });
  t.match(below("not ok 2 second # lost a bit"), { outcome: "fail", reason: "second: lost a bit" });
  t.match(below("not ok 2 second", `ok 1 ${ID} # SKIP no swap`), { outcome: "fail" });
  t.match(below("not ok 2 second # TIMEOUT"), { outcome: "timeout" });
  t.match(below("not ok 2 second # TODO"), { outcome: "pass", reason: "" });
  t.match(below("ok 2 second # SKIP no swap"), { outcome: "pass" });
  t.match(below("not ok 2 second", `not ok 1 ${ID} # TODO`), { outcome: "pass" });
});

t.test("a skip agrees with the exit status", async (t) => {
  const skip = (exitCode: number) =>
    outcomeOf(ID, ended(`ok 1 ${ID} # SKIP no swap\n`, { exitCode }));
  t.match(skip(0), { outcome: "skip" });
  t.match(skip(4), { outcome: "skip", reason: "no swap" });
  t.match(skip(1), { outcome: "error", reason: "it says skip and exits with 1" });
});

t.test("signals, limits and lost guests", async (t) => {
  const killed = ended("", { exitCode: undefined, signal: 11 });
  t.match(outcomeOf(ID, killed), { outcome: "crash", reason: "killed by SIGSEGV" });
  t.match(outcomeOf(ID, ended("", { timedOut: true })), { outcome: "timeout" });
  const lost = {
    kind: "lost",
    how: "died",
    reason: "QEMU ended",
    durationMs: 1,
    output: "",
  } as const;
  t.match(outcomeOf(ID, { ...lost, findings: [] }), { outcome: "crash", reason: "QEMU ended" });
  t.match(outcomeOf(ID, { ...lost, how: "hung", findings: [finding] }), {
    outcome: "timeout",
    reason: "WARNING in zap_pte_range",
  });
});
