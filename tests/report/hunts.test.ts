import t from "tap";
import type { BisectRecord, BisectStep } from "../../harness/hunt/bisect-record.ts";
import type { KconfigRecord } from "../../harness/hunt/kconfig-record.ts";
import type { SeriesRecord, SeriesStep } from "../../harness/hunt/series-record.ts";
import { bisectTable } from "../../harness/report/bisect-table.ts";
import { bisectPage } from "../../harness/report/html/bisect-page.tsx";
import { kconfigPage } from "../../harness/report/html/kconfig-page.tsx";
import { seriesPage } from "../../harness/report/html/series-page.tsx";
import { kconfigTable } from "../../harness/report/kconfig-table.ts";
import { seriesTable } from "../../harness/report/series-table.ts";

const HOSTILE = 'mm: <script>alert(1)</script> & "co"';
const CASE = "shmem-private/swap/truncate";
const shown = { directory: "results/hunt", color: false };

const step = (sha: string, verdict: BisectStep["verdict"], why: string): BisectStep => ({
  sha: sha.repeat(40),
  subject: `mm: ${sha}`,
  verdict,
  why,
  reused: false,
  run: `run of ${sha}`,
  shown: verdict === "bad" ? 3 : 0,
  asked: 3,
});
const bad = { ...step("b", "bad", `${CASE} fails, 3 of 3 times`), subject: HOSTILE };
const good = step("a", "good", "");
const skipped = step("c", "skip", "The kernel does not build: mm/memory.c:9:1: error");

const bisected: BisectRecord = {
  id: "20260203T040506-bisect",
  firstBad: {
    sha: bad.sha,
    subject: HOSTILE,
    author: "A <a@example.org>",
    date: "2026-02-03T04:05:06Z",
  },
  firstFixed: null,
  candidates: [],
  symptom: { cases: [{ id: CASE, outcome: "fail" }], titles: [], usual: [] },
  ends: [step("d", "bad", `${CASE} fails, 3 of 3 times`), { ...good, reused: true }],
  steps: [skipped, bad],
  evidence: { good, bad },
  terms: { old: "fast", new: "slow" },
  confidence: 0.999987,
  log: "git bisect start --term-old=fast --term-new=slow\n",
};

t.test(
  "a bisection: the commit in the words that were asked for, and each step's run",
  async (t) => {
    t.match(bisectTable(bisected, shown), /^The first slow commit is b{40}$/m);
    t.match(bisectTable(bisected, shown), /^Report +results\/hunt\/report\.html$/m);
    const page = bisectPage(bisected);
    t.match(page, /<h1>The first slow commit is b{12}<\/h1>/);
    t.match(page, /99\.99 %: bad kernels showed it 6 of 6 times/, "and is never rounded up");
    for (const { run } of [...bisected.ends, ...bisected.steps]) {
      t.ok(page.includes(`href="${encodeURIComponent(run)}/report.html"`), run);
    }
    t.match(page, /mm\/memory\.c:9:1: error/);
    t.match(page, /the same kernel as before/);
    t.notMatch(page, /<script/, "what a subject says is text");
  },
);

t.test("a bisection that ends among skipped commits names all of them", async (t) => {
  const { firstBad: _, ...rest } = bisected;
  const candidates = [bad, skipped].map(({ sha, subject }) => ({
    sha,
    subject,
    author: "",
    date: "",
  }));
  const open = { ...rest, firstBad: null, candidates, evidence: { good: null, bad: null } };
  const page = bisectPage(open);
  t.match(page, /<h1>It is one of 2 commits<\/h1>/);
  t.match(page, /c{12}<\/span> mm: c/);
  t.notMatch(page, /id="evidence"/);
});

t.test("a bisection of configurations: the options and every mixture", async (t) => {
  const record: KconfigRecord = {
    id: "20260203T040506-bisect",
    firstBad: null,
    differences: 7,
    confidence: 0.75,
    options: [{ option: "CONFIG_KASAN", good: null, bad: "y" }],
    symptom: bisected.symptom,
    steps: [{ ...skipped, sha: "k", options: ["CONFIG_KASAN", "CONFIG_<b>"] }],
  };
  t.match(kconfigTable(record, shown), /^1 of 7 options make the difference$/m);
  const page = kconfigPage(record);
  t.match(page, /CONFIG_KASAN<\/th><td>its default<\/td><td>y<\/td>/);
  t.match(page, /75\.00 %/);
  t.notMatch(page, /<b>/);
});

t.test("a series: where each patch ended, and what it changes", async (t) => {
  const base = { sameKernel: false, changes: [], findings: [], warnings: [], why: "", run: "r" };
  const whole = { applies: true, options: true, builds: true, boots: true };
  const patches: SeriesStep[] = [
    { index: 1, subject: "mm: nothing", ...base, ...whole, sameKernel: true },
    {
      index: 2,
      subject: HOSTILE,
      ...base,
      ...whole,
      changes: [{ case: CASE, from: "ok", to: "regression", kind: "worse", reason: "no event" }],
      warnings: ["mm/memory.c:7:5: warning: unused variable"],
    },
    {
      index: 3,
      subject: "mm: not C",
      ...base,
      ...whole,
      builds: false,
      boots: null,
      why: "The kernel does not build:\n  mm/shmem.c:1:1: error",
    },
  ];
  const record: SeriesRecord = { id: "s", base: "linux-source-6.1", patches, untried: 4 };
  t.match(seriesTable(record, shown), /^2 of 3 patches make it worse$/m);
  const page = seriesPage(record);
  t.match(page, /2 of 3 patches make it worse/);
  t.match(page, /4, since the last one does not apply/);
  t.match(page, /id="patch-2"[\s\S]*ok<\/td><td>regression<\/td>[\s\S]*unused variable/);
  t.match(page, /id="patch-3"[\s\S]*mm\/shmem\.c:1:1: error/);
  t.notMatch(page, /id="patch-1"/, "what changes nothing has a row and no more");
  t.notMatch(page, /<script/);

  const refused = { ...base, index: 4, subject: "mm: of another tree", applies: false };
  const stages = { options: null, builds: null, boots: null };
  const open = { ...record, patches: [...patches, { ...refused, ...stages }] };
  t.match(seriesTable(open, shown), /^2 of 4 patches make it worse; patch 4 does not apply$/m);
});
