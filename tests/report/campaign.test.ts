// A campaign in a terminal and on its page: what somebody has to look at is said first.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { CampaignRecord, MutantRecord } from "../../harness/record/campaign-record.ts";
import { campaignSummary } from "../../harness/report/campaign-summary.ts";
import { keepCampaignPages } from "../../harness/report/html/campaign-page.tsx";
import { mutantGrid } from "../../harness/report/html/mutant-grid.ts";

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
  mutants: [mutant("elsewhere", "not-applicable", { ran: 0 })],
  killed: 0,
  score: null,
  distrusted: [],
  idle: [],
};

const PROOFS = { ...NOTHING, mutants: [mutant("proven", "equivalent", { ran: 3 })] };

t.test("in words", async (t) => {
  const words = campaignSummary(RECORD, { color: false });
  t.match(words, /^CONTRADICTION proven: it is noticed, although\nunreadable read-wrong: spatch/);
  t.match(words, /left out odd\/case/);
  t.match(words, /^Idle {5}2 cases noticed nothing: in report\.html$/m);
  t.notMatch(campaignSummary(NOTHING, { color: false }), /Idle/);
  t.match(campaignSummary(NOTHING, { color: false }), /Score {4}none: no mutant was tried/);
  t.match(campaignSummary(PROOFS, { color: false }), /Score {4}none: only mutants that are proven/);
});

t.test("where a survivor is, in words", async (t) => {
  const context = { from: 7, lines: ["\ta();"] };
  const spots = [{ file: "mm/x.c", function: "f", line: 7, original: "a", changed: "b", context }];
  const alone = { file: "", function: "", how: "alone" as const };
  const mutants = [mutant("here", "survived", { spots }), mutant("apart", "survived", alone)];
  const words = campaignSummary({ ...RECORD, mutants }, { color: false });
  t.match(words, /^SURVIVED here\n.*\n {2}f \(mm\/x\.c:7\): /m);
  t.match(words, /^SURVIVED apart\n.*\n {2}in a kernel of its own: /m);
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
  await keepCampaignPages(directory, PROOFS);
  const proofs = readFileSync(join(directory, "report.html"), "utf8");
  t.match(proofs, "Only mutants that are proven equivalent were tried.");
  t.match(proofs, 'class="badge passed"');
});

const NOTICED = ["anon/present/fork", "anon/swap/fork", "shmem/none/minor", "odd"];
const FULL: CampaignRecord = {
  ...RECORD,
  mutants: [
    mutant("noticed", "killed", { by: NOTICED }),
    mutant("once", "killed", { by: ["anon/swap/fork-then-read"], file: "mm/y.c" }),
    mutant("lives on", "survived"),
    mutant("proven", "equivalent"),
  ],
  killed: 2,
  survived: 1,
  score: 0.667,
};
const SUITES = ["ours", "kselftest:mm/uffd-stress shmem 20 1"];

t.test("the matrix of a full campaign has operations across", async (t) => {
  const grid = mutantGrid(FULL);
  t.same(grid?.columns, ["fork", "minor", "odd"], "first what notices most mutants");
  const rows = grid?.groups.map(({ file, rows }) => [
    file,
    ...rows.map(({ mutant, counts }) => [mutant.id, ...counts]),
  ]);
  t.same(rows, [
    ["mm/x.c", ["noticed", 2, 1, 1], ["lives on", 0, 0, 0]],
    ["mm/y.c", ["once", 1, 0, 0]],
  ]);
});

t.test("a matrix of suites, and none of what is known of one case a mutant", async (t) => {
  const suite = { [SUITES[1] ?? ""]: ["kselftest/mm/uffd-stress/shmem-20-1"] };
  const mutants = [mutant("noticed", "killed", { by: Object.values(suite).flat(), suite })];
  const grid = mutantGrid({ ...FULL, full: false, suites: SUITES, mutants });
  t.same(grid?.columns, SUITES);
  t.same(grid?.groups[0]?.rows[0]?.counts, [0, 1]);
  t.equal(mutantGrid({ ...FULL, full: false }), undefined);
  t.equal(mutantGrid(NOTHING), undefined);
});

t.test("every mark of a matrix leads to names, and is all that the page needs", async (t) => {
  const suite = { ours: NOTICED, [SUITES[1] ?? ""]: ["kselftest/mm/uffd-stress/shmem-20-1"] };
  const sideBySide = FULL.mutants.map((one) => (one.status === "killed" ? { ...one, suite } : one));
  for (const record of [FULL, { ...FULL, suites: SUITES, mutants: sideBySide }]) {
    const directory = t.testdir();
    await keepCampaignPages(directory, record);
    const page = readFileSync(join(directory, "report.html"), "utf8");
    const [, matrix = ""] = /class="wide matrix">(.*?)<\/table>/s.exec(page) ?? [];
    const links = [...matrix.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href);
    t.ok(links.length >= 7);
    for (const link of links) {
      const isThere = link.startsWith("#")
        ? page.includes(` id="${link.slice(1)}"`)
        : existsSync(join(directory, decodeURIComponent(link)));
      t.ok(isThere, link);
    }
    t.match(page, "anon/{present,swap}/fork", "names as --case takes them");
    t.notMatch(page, /<script|src=|href="http/);
  }
});

t.test("a survivor's page shows the changed spot and who comes by", async (t) => {
  const directory = t.testdir();
  const spot = {
    file: "mm/x.c",
    function: "f",
    line: 11,
    original: "if (a < b)\n\t\treturn;",
    changed: "if (false)",
    context: { from: 10, lines: ["\tint a;", "\tif (a < b)", "\t\treturn;", "\tgo(a);"] },
  };
  const gone = { ...spot, line: 13, original: "go(a);", changed: "" };
  const come = { ...spot, original: "", changed: "stop(a);" };
  const lives = mutant("lives on", "survived", {
    reason: "no case that reaches it notices",
    reaching: ["looks/away", "passes/by"],
    differing: ["looks/away"],
    spots: [spot, gone, come],
  });
  await keepCampaignPages(directory, { ...FULL, mutants: [lives] });
  t.match(readFileSync(join(directory, "report.html"), "utf8"), "mutants/lives%20on.html");
  const page = readFileSync(join(directory, "mutants", "lives on.html"), "utf8");
  t.match(page, "no case that reaches it notices");
  t.match(page, "f, mm/x.c:11");
  const lines = [...page.matchAll(/class="(gone|come)">(?:<span[^>]*>(\d*)<\/span>)(.*)/g)].map(
    ([, kind, number, text]) => `${kind} ${number}${text}`,
  );
  t.same(lines, [
    "gone 11- \tif (a &lt; b)",
    "gone 12- \t\treturn;",
    "come + if (a &lt; b) return;  becomes  if (false)",
    "gone 13- \tgo(a);",
    "come + stop(a);",
  ]);
  t.match(page, /don't notice \(1\).*looks\/away.*without a difference \(1\).*passes\/by/s);
});
