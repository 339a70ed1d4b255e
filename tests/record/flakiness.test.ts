import t from "tap";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { unconfirmed } from "../../harness/record/flakiness.ts";
import type { JournalEvent } from "../../harness/record/journal-event.ts";
import { failuresToConfirm } from "../../harness/run/confirm.ts";
import type { VerdictKind } from "../../harness/verdict/verdict.ts";
import { begin, events } from "./sample-journal.ts";

const ID = "shmem-private/swap/madv-dontneed";
const failure = events.find((one) => one.event === "verdict" && one.verdict.id === ID);

function again(verdict: VerdictKind): JournalEvent {
  if (failure?.event !== "verdict") throw new Error("the sample has no failure");
  return { ...failure, event: "confirmation", verdict: { ...failure.verdict, verdict } };
}

function confirmed(...kinds: VerdictKind[]) {
  const run = deriveRun([begin, ...events, ...kinds.map(again)]);
  return { ...run, case: run.cases.find(({ id }) => id === ID) };
}

t.test("a regression that fails every time stays one", async (t) => {
  const run = confirmed("regression", "regression");
  t.match(run.case, { verdict: "regression", flaky: null, confirmed: 2 });
  t.match(run.totals, { regression: 1, flaky: 0 });
});

t.test("one that passes once is flaky, with its rate", async (t) => {
  const run = confirmed("regression", "ok");
  t.match(run.case, { verdict: "flaky", flaky: { runs: 3, failed: 2 }, confirmed: 1 });
  t.match(run.totals, { regression: 0, flaky: 1 });
});

t.test("what is lost says nothing", async (t) => {
  t.match(confirmed("lost", "lost").case, { verdict: "regression", flaky: null, confirmed: 0 });
});

t.test(
  "what is flaky in the baseline is run again as well, and known if it still passes",
  async (t) => {
    const baseline = {
      id: "b",
      findings: [],
      standings: { [ID]: "fail" as const },
      flaky: { [ID]: { runs: 3, failed: 1 } },
    } as const;
    const journal = (...kinds: VerdictKind[]) =>
      [{ ...begin, baseline }, ...events, ...kinds.map(again)] as const;
    const judged = (...kinds: VerdictKind[]) => {
      const run = deriveRun(journal(...kinds));
      return { ...run.cases.find(({ id }) => id === ID), known: run.totals.known };
    };
    t.match(judged("regression", "ok"), {
      verdict: "known",
      excused: "flaky",
      flaky: { runs: 3, failed: 2 },
      confirmed: 1,
      because: "as in the baseline b: fail in 1 of 3 runs",
      known: 2,
    });
    t.match(judged("regression", "regression"), { verdict: "regression", confirmed: 2, known: 1 });
    t.match(judged(), { verdict: "known", excused: "regression", flaky: null });
    t.same(failuresToConfirm(journal(), 1), [ID]);
    t.same(failuresToConfirm(journal("regression"), 2), [ID]);
    t.same(failuresToConfirm(journal("ok"), 1), []);
  },
);

t.test("only what has always failed is to be confirmed, until it is", async (t) => {
  const cases = [
    { id: "always", verdict: "regression" },
    { id: "always", verdict: "regression" },
    { id: "now-and-then", verdict: "regression" },
    { id: "now-and-then", verdict: "ok" },
    { id: "never", verdict: "ok" },
    { id: "lost", verdict: "lost" },
  ] as const;
  t.same(unconfirmed(cases, [], 1), ["always"]);
  t.same(unconfirmed(cases, [{ id: "always", verdict: "ok" }], 1), []);
  t.same(unconfirmed(cases, [{ id: "always", verdict: "ok" }], 2), ["always"]);
  const once = [{ id: "flaky-so-far", verdict: "flaky" }] as const;
  t.same(unconfirmed(once, [{ id: "flaky-so-far", verdict: "ok" }], 2), ["flaky-so-far"]);
});

t.test("repetitions that disagree are flaky without any confirmation", async (t) => {
  if (failure?.event !== "verdict") throw new Error("the sample has no failure");
  const pass = { ...failure.verdict, repetition: 1, verdict: "ok", outcome: "pass" } as const;
  const job = { ...begin.job, repeat: 2 };
  const run = deriveRun([{ ...begin, job }, ...events, { ...failure, verdict: pass }]);
  const verdicts = run.cases.filter(({ id }) => id === ID).map(({ verdict }) => verdict);
  t.same(verdicts, ["flaky", "ok"]);
});
