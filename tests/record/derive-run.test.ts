import t from "tap";
import { jobFrom } from "../../harness/plan/job.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import type { Verdict } from "../../harness/verdict/verdict.ts";
import { begin, end, events, usual } from "./sample-journal.ts";

t.test("everything in run.json follows from the journal", async (t) => {
  const run = deriveRun([begin, ...events, end]);
  t.match(run, {
    schema: 1,
    id: begin.id,
    status: "failed",
    finished: "2026-02-03T04:06:16.000Z",
    kernel: { release: "6.1.192", buildId: "beef", configHash: "c0ffee" },
    machine: { boot: "qemu", accel: "tcg" },
    guests: [{ number: 0, bootMs: 1234 }],
    totals: { ok: 2, regression: 1, known: 1, unexpectedSkip: 0, unexpectedPass: 0, lost: 2 },
  });
  t.same(Object.keys(run.kernel).sort(), [
    "buildId",
    "commit",
    "configHash",
    "content",
    "kconfig",
    "patches",
    "release",
    "series",
    "source",
  ]);
});

t.test("findings know their case, or that they have none", async (t) => {
  const { findings, cases } = deriveRun([begin, ...events, end]);
  t.match(findings, [
    { title: "WARNING at boot", case: null, file: "guest-0/console.log", line: 1 },
    { title: "WARNING in zap_pte_range", case: "shmem-private/swap/madv-dontneed", line: 12 },
  ]);
  t.same(cases[1]?.findings, ["WARNING in zap_pte_range"]);
});

t.test(
  "cases come in the planned order, and what was not reached is there as not run",
  async (t) => {
    const { cases } = deriveRun([begin, ...[...events].reverse(), end]);
    t.same(
      cases.map(({ id }) => id),
      begin.cases.map(({ id }) => id),
    );
    t.match(cases.at(-1), { outcome: "not-run", verdict: "lost", guest: -1 });
  },
);

t.test("a run without an end was interrupted, also after it was resumed", async (t) => {
  t.match(deriveRun([begin, ...events]), { status: "interrupted", finished: null });
  const resumed = { event: "resumed", time: "2026-02-04T00:00:00.000Z" } as const;
  t.match(deriveRun([begin, ...events, end, resumed]), { status: "interrupted" });
});

t.test("output is kept where something is not as expected", async (t) => {
  const { cases } = deriveRun([begin, ...events, end]);
  t.match(cases[1]?.output, /not ok 1/);
  t.equal(cases[0]?.output, "");
});

t.test("a journal from before a flag was there says what its run asked for", async (t) => {
  const { suites, series, ...job } = begin.job;
  const old = { ...begin, job: job as typeof begin.job };
  t.same(deriveRun([old, end]).request, deriveRun([{ ...begin, job: jobFrom(job) }, end]).request);
});

/** The journal of a program of many results, begun in guest 0 and, after a resume, in guest 1. */
function twoAttempts(...verdicts: Partial<Verdict>[]) {
  const { time } = begin;
  const program = { id: "k", suite: "kselftest", title: "it runs to its end" };
  const began = (guest: number): JournalEvent => {
    return { event: "begin", time, id: "k", repetition: 0, guest };
  };
  const told = verdicts.map((one): JournalEvent => {
    return { event: "verdict", time, verdict: { ...usual, suite: "kselftest", ...one } };
  });
  const first = told.filter((one) => one.event === "verdict" && one.verdict.guest === 0);
  const then = told.filter((one) => !first.includes(one));
  const journal = [began(0), ...first, { event: "resumed", time } as const, began(1), ...then];
  const { cases } = deriveRun([{ ...begin, cases: [program] }, ...journal]);
  return cases.map(({ id, outcome, guest }) => `${id} ${outcome} ${guest}`);
}

const resultOf = { program: "k", title: "" };

t.test("of a program that was run again only the results of the last time count", async (t) => {
  const only = { id: "k/only", outcome: "fail", resultOf, guest: 0 } as const;
  const both = { id: "k/both", resultOf };
  const own = { id: "k", guest: 1 };
  const cases = twoAttempts(only, { ...both, guest: 0 }, { ...both, guest: 1 }, own);
  t.same(cases, ["k/both pass 1", "k pass 1"], "what only the first has printed is no result");
  const reordered = twoAttempts({ ...both, guest: 0 }, { ...only, guest: 1 }, own);
  t.same(reordered, ["k/only fail 1", "k pass 1"]);
});

t.test(
  "of one that has not come to its end those of the attempt that was begun last",
  async (t) => {
    const result = { id: "k/a", resultOf, guest: 0 };
    t.same(twoAttempts(result), ["k not-run -1"]);
    t.same(twoAttempts(result, { id: "k/b", resultOf, guest: 1 }), ["k/b pass 1", "k not-run -1"]);
  },
);
