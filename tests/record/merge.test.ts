import t from "tap";
import { UntestableKernelError, UsageError } from "../../harness/errors.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import type { JournalEvent, RunEvent } from "../../harness/record/journal-event.ts";
import { mergeJournals, type ReadJournal } from "../../harness/record/merge.ts";
import { begin, end, events } from "./sample-journal.ts";

/** The sample's run as the ith of n shards. */
function shard(index: number, of: number, changes: Partial<RunEvent> = {}): ReadJournal {
  const cases = begin.cases.filter((_, i) => i % of === index - 1);
  const mine = new Set(cases.map(({ id }) => id));
  const part = events.filter((event) => event.event !== "verdict" || mine.has(event.verdict.id));
  const job = { ...begin.job, shard: `${index}/${of}` };
  return [{ ...begin, id: `shard-${index}`, job, cases, ...changes }, ...part, end];
}

t.test("the whole has the cases and verdicts of its parts", async (t) => {
  const whole = deriveRun([begin, ...events, end]);
  const { begin: first, events: merged } = mergeJournals([shard(2, 3), shard(1, 3), shard(3, 3)]);
  const run = deriveRun([{ ...first, id: "m" }, ...merged, end]);
  const verdicts = (one: typeof run) =>
    one.cases.map(({ id, verdict }) => `${id} ${verdict}`).sort();
  t.same(verdicts(run), verdicts(whole));
  t.same(run.totals, whole.totals);
  t.match(run, { id: "m", status: "failed", shards: ["shard-2", "shard-1", "shard-3"] });
  t.notOk(run.request.includes("--shard"), "what asks for the same again asks for the whole");
});

t.test("guests keep apart, and findings keep their guest", async (t) => {
  const merged = mergeJournals([shard(1, 2), shard(2, 2)]);
  t.same(merged.guestOffsets, [0, 1]);
  const run = deriveRun([{ ...merged.begin, id: "m" }, ...merged.events, end]);
  t.same(
    run.guests.map(({ number }) => number),
    [0, 1],
  );
  t.match(
    run.findings.find((one) => one.case === "shmem-private/swap/madv-dontneed"),
    { file: "guest-1/console.log", guest: 1 },
  );
  const unrun = run.cases.find((one) => one.outcome === "not-run");
  t.equal(unrun?.guest, -1);
});

t.test("runs of cases chosen by hand are merged without shards", async (t) => {
  const one = shard(1, 2, { job: begin.job });
  const two = shard(2, 2, { job: begin.job });
  t.equal(mergeJournals([one, two]).begin.cases.length, begin.cases.length);
});

t.test("what is no part of the same run is refused", async (t) => {
  const one = shard(1, 2);
  const refused = (changes: Partial<RunEvent>, message: RegExp) =>
    t.throws(() => mergeJournals([one, shard(2, 2, changes)]), { message });
  refused({ kernel: { ...begin.kernel, buildId: "dead" } }, /another kernel\.\n {2}beef\n {2}dead/);
  refused({ kernel: { ...begin.kernel, configHash: "x" } }, /another configuration/);
  refused({ image: "other" }, /another set of cases/);
  refused({ machine: { ...begin.machine, accel: "kvm" } as never }, /another machine/);
  refused({ job: { ...begin.job, shard: "2/2", repeat: 3 } }, /another number of repetitions/);
  refused({ baseline: { id: "b", standings: {}, findings: [] } }, /another baseline\.\n {2}none/);
  refused(
    { cases: begin.cases },
    /The case shmem\/present\/write is in shard-1 and in shard-2\. Leave one of them out/,
  );
  t.throws(() => mergeJournals([one, one]), /is in shard-1 and in shard-1/);
});

t.test("shards of different selections are refused", async (t) => {
  const asked = (index: number, changes: Partial<RunEvent["job"]>) =>
    shard(index, 2, { job: { ...begin.job, shard: `${index}/2`, ...changes } });
  const refused = (one: object, other: object, message: RegExp) =>
    t.throws(() => mergeJournals([asked(1, one), asked(2, other)]), {
      exitCode: 129,
      message,
    });
  const [survive, event] = [{ suites: ["survive"] }, { suites: ["event"] }];
  refused(
    survive,
    event,
    /shard-1 and shard-2 can't be merged: another --suite\.\n {2}survive\n {2}event/,
  );
  refused(survive, {}, /another --suite\.\n {2}survive\n {2}all/);
  refused({ cases: [] }, { cases: ["anon/**"] }, /another --case\.\n {2}all\n {2}anon\/\*\*/);
  refused({}, { timeouts: { case: 60 } }, /another time limit\.\n {2}usual\n {2}case 60 s/);

  const [one, other] = [{ suites: ["a", "b"] }, { suites: ["b", "a"] }];
  t.ok(mergeJournals([asked(1, one), asked(2, other)]), "in whatever order");
  const elsewhere = { ownCases: ["/elsewhere/cases"] };
  t.ok(mergeJournals([asked(1, {}), asked(2, elsewhere)]), "the image has what is in them");
  const byHand = (index: number, suites: string[]) =>
    shard(index, 2, { job: { ...begin.job, suites } });
  t.ok(mergeJournals([byHand(1, ["survive"]), byHand(2, ["event"])]));
});

t.test("shards that are missing, unfinished or of another split are refused", async (t) => {
  t.throws(() => mergeJournals([shard(1, 3), shard(2, 3)]), {
    message: /Missing: shard 3\/3\. .*uffdwp run --shard 3\/3/,
  });
  const other = shard(2, 2, { job: { ...begin.job, shard: "2/4" } });
  t.throws(() => mergeJournals([shard(1, 2), other]), {
    message: /Shards of 2 and of 4 don't fit\. Merge those of one split, 1\/2 to 2\/2/,
  });
  const [first, ...rest] = shard(2, 2);
  const interrupted: ReadJournal = [first, ...rest.slice(0, -1)];
  t.throws(() => mergeJournals([shard(1, 2), interrupted]), UsageError);
  const broken: JournalEvent = { ...end, status: "untestable", reason: "no boot" } as never;
  t.throws(() => mergeJournals([shard(1, 2), [first, broken]]), UntestableKernelError);
});
