import t from "tap";
import type { CaseRun } from "../../harness/guest/guest.ts";
import { outcomeOf } from "../../harness/session/case-outcome.ts";

const ID = "shmem/present/write";
const finding = {
  ...{ title: "WARNING in zap_pte_range", kind: "warning", line: 1, endLine: 2, lines: [] },
  corrupted: false,
  count: 1,
};

function ended(output: string, changes: Partial<CaseRun> = {}): CaseRun {
  return {
    ...{ kind: "ended", exitCode: 0, signal: undefined, timedOut: false, durationMs: 5 },
    ...{ output: `KTAP version 1\n1..1\n${output}`, findings: [], ...changes },
  } as CaseRun;
}

t.test("what a case says is its outcome", async (t) => {
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`)), { outcome: "pass", reason: "" });
  const failed = ended(`# pagemap: clear\nnot ok 1 ${ID}\n`, { exitCode: 1 } as Partial<CaseRun>);
  t.match(outcomeOf(ID, failed), { outcome: "fail", reason: "pagemap: clear" });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID} # SKIP no swap\n`)), {
    outcome: "skip",
    reason: "no swap",
  });
  t.match(outcomeOf(ID, ended(`not ok 1 ${ID} # ERROR could not reclaim\n`)), { outcome: "error" });
});

t.test("a splat makes a case fail that says ok", async (t) => {
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`, { findings: [finding] })), {
    ...{ outcome: "fail", reason: "WARNING in zap_pte_range" },
  });
});

t.test("an allowed splat is recorded and fails nothing; another beside it does", async (t) => {
  const allowed = { ...finding, title: "WARNING in a", allowed: "a known one" };
  const run = ended(`ok 1 ${ID}\n`, { findings: [allowed] });
  t.match(outcomeOf(ID, run), { outcome: "pass", findings: [{ title: "WARNING in a" }] });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\n`, { findings: [allowed, finding] })), {
    ...{ outcome: "fail", reason: "WARNING in zap_pte_range" },
  });
});

t.test("an answer that is not the case's own counts for nothing", async (t) => {
  t.match(outcomeOf(ID, ended("")), { outcome: "error", reason: /printed no result/ });
  t.match(outcomeOf(ID, ended("ok 1 another/case/id\n")), { outcome: "error" });
  t.match(outcomeOf(ID, ended(`ok 1 ${ID}\nok 2 more\n`)), { outcome: "error" });
  const liar = ended(`ok 1 ${ID}\n`, { exitCode: 1 } as Partial<CaseRun>);
  t.match(outcomeOf(ID, liar), { outcome: "error", reason: /says ok and exits with 1/ });
});

t.test("signals, limits and lost guests", async (t) => {
  const killed = ended("", { exitCode: undefined, signal: 11 } as Partial<CaseRun>);
  t.match(outcomeOf(ID, killed), { outcome: "crash", reason: "killed by SIGSEGV" });
  t.match(outcomeOf(ID, ended("", { timedOut: true } as Partial<CaseRun>)), { outcome: "timeout" });
  const lost = {
    kind: "lost",
    how: "died",
    reason: "QEMU ended",
    durationMs: 1,
    output: "",
  } as const;
  t.match(outcomeOf(ID, { ...lost, findings: [] }), { outcome: "crash", reason: "QEMU ended" });
  t.match(outcomeOf(ID, { ...lost, how: "hung", findings: [finding] }), {
    ...{ outcome: "timeout", reason: "WARNING in zap_pte_range" },
  });
});
