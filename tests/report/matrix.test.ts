import { join } from "node:path";
import t from "tap";
import { deriveRun } from "../../harness/record/derive-run.ts";
import type { MatrixCell, MatrixRecord } from "../../harness/record/matrix-record.ts";
import { matrixPage } from "../../harness/report/html/matrix-page.tsx";
import { matrixTable } from "../../harness/report/matrix-table.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const bad = deriveRun([{ ...begin, id: "bad" }, ...events, end]);
const good = {
  ...bad,
  id: "good",
  status: "passed" as const,
  cases: bad.cases.map((one) => ({
    ...one,
    ...(one.verdict === "known" ? {} : { verdict: "ok" as const, outcome: "pass" as const }),
  })),
};

const cell = (kernel: string, kconfig: string, more: Partial<MatrixCell>): MatrixCell => ({
  kernel,
  kconfig,
  suite: "all",
  run: null,
  status: "not-run",
  reused: false,
  reason: "",
  ...more,
});

const record: MatrixRecord = {
  schema: 1,
  id: "m",
  file: "ci <matrix>.yaml",
  started: "2026-02-03T04:05:06.000Z",
  finished: null,
  cells: [
    cell("debian:6.1", "plain", { run: "good", status: "passed", reused: true }),
    cell("debian:6.12", "plain", { run: "bad", status: "failed" }),
    cell("debian:6.1", "debug", { status: "untestable", reason: "no boot\nreally" }),
  ],
};
const runs = [good, bad, undefined];

t.test("the table has a column a kernel and a row a kconfig, and says what failed", async (t) => {
  const text = matrixTable(record, runs, { color: false, directory: "/r/m" });
  t.match(text, /^ +debian:6\.1 +debian:6\.12\nplain +passed 6 \(before\) +FAILED 3 of 6\n/);
  t.match(text, /\ndebug +untestable\n/);
  t.match(text, /✗ debian:6\.12 × plain × all: failed\n {4}shmem-private\/swap\/madv-dontneed\n/);
  t.match(text, /✗ debian:6\.1 × debug × all: untestable: no boot$/m);
  t.match(text, /npx uffdwp report \/r\/bad$/m);
});

t.test("the page leads from each case on each kernel into its run", async (t) => {
  const page = matrixPage(record, runs, "/r/m");
  t.match(page, /href="\.\.\/bad\/report\.html#case-shmem-private\/swap\/madv-dontneed"/);
  t.match(page, /href="\.\.\/good\/report\.html#case-shmem-private\/swap\/madv-dontneed"/);
  t.match(page, /Not as expected \(3\)/);
  t.match(page, /ci &lt;matrix>\.yaml|ci &lt;matrix&gt;\.yaml/);
  t.notMatch(page, /<script|src=|href="http/, "it needs nothing else");
  for (const { id } of bad.cases) t.ok(page.includes(id), id);
});

t.test("the page leads to the logs that there are: not every kernel was built here", async (t) => {
  const guest = () => ({ "guest-0": { "console.log": "" } });
  const top = t.testdir({ good: guest(), bad: { ...guest(), "build.log": "" }, m: {} });
  const page = matrixPage(record, runs, join(top, "m"));
  const logs = [...page.matchAll(/href="\.\.\/([^"]*\.log)"/g)].map(([, file]) => file);
  t.same(logs, ["good/guest-0/console.log", "bad/guest-0/console.log", "bad/build.log"]);
});

t.test("the anchors that the page leads to are those of the run's page", async (t) => {
  const { parseFormat } = await import("../../harness/report/registry.ts");
  const report = parseFormat("html").format.render(bad, { directory: "/nowhere", color: false });
  const page = matrixPage(record, runs, "/r/m");
  const targets = [...page.matchAll(/bad\/report\.html#([^"]+)"/g)].map((match) => match[1]);
  t.ok(targets.length >= bad.cases.length);
  for (const target of new Set(targets)) t.ok(report.includes(`id="${target}"`), `${target}`);
});

t.test("a case of which a repetition was lost has not passed", async (t) => {
  const lost = good.cases.map((one) => {
    return { ...one, repetition: 1, verdict: "lost" as const, outcome: "error" as const };
  });
  const cases = [...good.cases, ...lost.slice(0, 1)];
  t.match(matrixPage(record, [good, good, undefined], "/r/m"), /All cases \(6\)/);
  t.notMatch(matrixPage(record, [good, good, undefined], "/r/m"), /Not as expected/);
  t.match(
    matrixPage(record, [good, { ...good, cases }, undefined], "/r/m"),
    /Not as expected \(1\)/,
  );
});

t.test("a matrix that has only begun has a page", async (t) => {
  const none = record.cells.map(() => undefined);
  t.match(matrixPage(record, none, "/r/m"), /not yet, or it was stopped/);
});
