// A campaign in a terminal and on its page: what somebody has to look at is said first.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { CampaignRecord, MutantRecord } from "../../harness/record/campaign-record.ts";
import { campaignSummary } from "../../harness/report/campaign-summary.ts";
import { keepCampaignPages } from "../../harness/report/html/campaign-page.tsx";

const mutant = (id: string, status: MutantRecord["status"], more: Partial<MutantRecord> = {}) => ({
  id,
  status,
  file: "mm/x.c",
  function: "f",
  why: "it is odd",
  by: [],
  suite: {},
  durationMs: 1,
  reason: "",
  how: "guarded" as const,
  ran: 1,
  reaching: [],
  differing: [],
  spots: [],
  contradictions: [],
  ...more,
});

const RECORD: CampaignRecord = {
  schema: 1,
  id: "x-mutants",
  started: "2026-11-01T00:00:00.000Z",
  finished: null,
  kernel: { release: "6.1.0", source: "linux-source-6.1" },
  suites: [],
  cases: 2,
  full: true,
  durations: { build: 0, map: 0, trials: 0 },
  mutants: [
    mutant("read-wrong", "unreadable", { reason: "spatch: parse error" }),
    mutant("proven", "killed", { contradictions: ["it is noticed, although"] }),
  ],
  killed: 1,
  survived: 0,
  score: 1,
  distrusted: ["odd/case"],
  idle: ["idle/1", "idle/2"],
};
const NOTHING: CampaignRecord = {
  ...RECORD,
  mutants: [mutant("elsewhere", "not-applicable")],
  killed: 0,
  score: null,
  distrusted: [],
  idle: [],
};

t.test("in words", async (t) => {
  const words = campaignSummary(RECORD, { color: false });
  t.match(words, /^CONTRADICTION proven: it is noticed, although\nunreadable read-wrong: spatch/);
  t.match(words, /left out odd\/case/);
  t.match(words, /^Idle {5}2 cases noticed nothing: in report\.html$/m);
  t.notMatch(campaignSummary(NOTHING, { color: false }), /Idle/);
  t.match(campaignSummary(NOTHING, { color: false }), /Score {4}none: no mutant was tried/);
});

t.test("as a page", async (t) => {
  const directory = t.testdir();
  await keepCampaignPages(directory, RECORD);
  const page = readFileSync(join(directory, "report.html"), "utf8");
  t.match(page, "it is noticed, although");
  t.match(page, "Not tried: the patch can't be read");
  t.match(page, 'class="badge failed"');
  await keepCampaignPages(directory, NOTHING);
  const none = readFileSync(join(directory, "report.html"), "utf8");
  t.match(none, "No planted fault was tried.");
  t.match(none, 'class="badge untestable"');
});
