// Which cases a campaign runs, and in whose column each is counted.
import t from "tap";
import { campaignCases, columnsOf, kselftestJob } from "../../harness/campaign/campaign-cases.ts";
import type { CaseDescription } from "../../harness/image/case-list.ts";
import type { Job } from "../../harness/plan/job.ts";

const one = (id: string, suite: string) => ({ id, suite, results: "one" });
const STRESS = "kselftest:mm/uffd-stress shmem 20 1";
const CASES = [
  one("anon/present/fork", "fork"),
  one("anon/swap/zap", "zap"),
  { id: "kselftest/mm/uffd-stress/shmem-20-1", suite: STRESS, results: "many", limit: 10 },
] as unknown as CaseDescription[];

const jobWith = (suites: readonly string[], cases: readonly string[] = []) =>
  ({ suites, cases, timeouts: {} }) as unknown as Job;
const columns = (job: Job) =>
  campaignCases(CASES, job, 1000).map(({ description, column }) => [description.suite, column]);

t.test("without a suite, all of ours and nobody else's", async (t) => {
  const job = jobWith([]);
  t.same(columns(job), [
    ["fork", ""],
    ["zap", ""],
  ]);
  t.same(columnsOf(job), []);
});

t.test("one suite alone has no column", async (t) => {
  for (const [suite, of] of [
    ["zap", ["zap"]],
    ["ours", ["fork", "zap"]],
    [`${STRESS}@debian:7.2`, [STRESS]],
  ] as const) {
    t.same(columnsOf(jobWith([suite])), []);
    t.same(
      columns(jobWith([suite])),
      of.map((name) => [name, ""]),
    );
  }
});

t.test("several stand side by side, and all of ours are one", async (t) => {
  const job = jobWith(["ours", `${STRESS}@debian:7.2`]);
  t.same(columnsOf(job), ["ours", STRESS], "whichever tree it comes from");
  t.same(columns(job), [
    ["fork", "ours"],
    ["zap", "ours"],
    [STRESS, STRESS],
  ]);
  t.same(kselftestJob(job).suites, [`${STRESS}@debian:7.2`], "which is the one to be built");
});

t.test("two of ours side by side, and one of them beside all", async (t) => {
  t.same(columns(jobWith(["zap", "fork"])), [
    ["fork", "fork"],
    ["zap", "zap"],
  ]);
  t.same(columns(jobWith(["ours", "zap"])), [
    ["fork", "ours"],
    ["zap", "zap"],
  ]);
});

t.test("a program has the limit that it comes with, a case the usual one", async (t) => {
  const limits = campaignCases(CASES, jobWith(["ours", STRESS]), 1000, "kvm");
  t.same(
    limits.map(({ limitMs }) => limitMs),
    [1000, 1000, 10_000],
  );
});

t.test("what matches nothing is said", async (t) => {
  t.throws(() => campaignCases(CASES, jobWith(["nope"]), 0), /There is no suite nope/);
  t.throws(() => campaignCases(CASES, jobWith([], ["anon/none/*"]), 0), /No case matches/);
});
