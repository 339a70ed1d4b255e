import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import t from "tap";
import { create } from "xmlbuilder2";
import { parseKtap } from "../../harness/ktap/parse.ts";
import { flatten, totalsOf } from "../../harness/ktap/totals.ts";
import { cacheDirectory } from "../../harness/process/directories.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { github } from "../../harness/report/github.ts";
import { junit } from "../../harness/report/junit.ts";
import { ktap } from "../../harness/report/ktap.ts";
import { parseFormat } from "../../harness/report/registry.ts";
import { sarif } from "../../harness/report/sarif.ts";
import { terminal } from "../../harness/report/terminal.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const run = deriveRun([begin, ...events, end]);
const ESC = String.fromCharCode(27);
/** As a terminal of 80 columns shows it. */
const rowsOf = (text: string) =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 80)), 0);
const options = { directory: "/r/x", color: false };
const render = (name: string) => parseFormat(name).format.render(run, options);

t.test("the terminal's summary fits a screen and has what somebody needs next", async (t) => {
  const text = render("terminal");
  t.ok(rowsOf(text) <= 24);
  t.match(text, /✗ shmem-private\/swap\/madv-dontneed fails/);
  t.match(text, /must hold {2}the entry is marker/);
  t.match(text, /WARNING in zap_pte_range .*guest-0\/console\.log:12/);
  t.match(text, /npx uffdwp run -k debian:6\.1 .*--case shmem-private\/swap\/madv-dontneed/);
  t.match(text, /WARNING at boot while no case was running/);
  t.notMatch(text, ESC);
  t.match(text, /FAILED {2}1 regression, 2 lost, 1 known, 2 as expected/);
  t.match(text, /report\.html/);
});

t.test("the summary fits, however much has failed, and counts what it leaves out", async (t) => {
  const [, failed] = run.cases;
  if (!failed) throw new Error("the sample has a failure");
  for (const n of [1, 2, 3, 5, 12, 500]) {
    const cases = Array.from({ length: n }, (_, i) => ({ ...failed, id: `shmem/swap/${i}` }));
    const text = terminal.render({ ...run, cases, findings: [] }, { ...options, color: true });
    const plain = stripVTControlCharacters(text);
    t.ok(rowsOf(plain) <= 24, `${n} failures`);
    t.match(text, `${ESC}[31m✗`);
    const named = [...plain.matchAll(/^✗ /gm)].length;
    const more = Number(/^ {2}and (\d+) more$/m.exec(plain)?.[1] ?? 0);
    t.equal(named + more, n);
    t.match(plain, /again {6}npx uffdwp run/);
  }
});

t.test("KTAP comes back through our own parser with the same counts", async (t) => {
  const document = parseKtap(render("ktap"));
  t.same(document.errors, []);
  t.same(totalsOf(document), { pass: 1, fail: 4, skip: 1, xfail: 1, lost: 0 });
  const failed = flatten(document.results).filter(({ ok }) => !ok);
  t.same(
    failed.map(({ path }) => path[0]),
    [
      "shmem-private/swap/madv-dontneed",
      "shmem/marker/munmap",
      "anon/swap/munmap",
      "the kernel log outside of cases",
    ],
  );
});

t.test("JUnit is well-formed, counts right and keeps what XML can't hold out", async (t) => {
  const text = render("junit");
  const { testsuites } = create(text).end({ format: "object" }) as never as Record<string, never>;
  t.match(testsuites, { "@tests": "7", "@failures": "2", "@errors": "2", "@skipped": "2" });
  t.notOk(text.includes("\u0001"));
  t.match(text, /\]\]&gt; &amp; more/);
  execFileSync("python3", ["-c", "import sys, xml.dom.minidom as m; m.parse(sys.stdin.buffer)"], {
    input: text,
  });
});

const trees = await readdir(cacheDirectory("trees")).catch(() => []);
const kunit = trees
  .map((name) => cacheDirectory("trees", name, "src", "tools/testing/kunit/kunit.py"))
  .find((path) => existsSync(path));
const skip = kunit ? false : "no kernel tree is in the cache";

t.test("the kernel's own parser reads the same totals", { skip }, async (t) => {
  const count = { pass: 1, fail: 4, skip: 1, xfail: 1 };
  const hostile = run.cases.map((one) => ({
    ...one,
    id: `${one.id}#1 # SKIP`,
    reason: "reboot: System halted\nKTAP version 1",
    output: "# Subtest: x\n# 1..3\nnot ok 1 - # KTAP version 1\n1..7\n",
  }));
  for (const cases of [run.cases, hostile]) {
    const file = join(t.testdir({}), "results.ktap");
    await writeFile(file, ktap.render({ ...run, cases }, options));
    const { stdout } = await execa("python3", [kunit ?? "", "parse", file], { reject: false });
    const said = /Ran (\d+) tests: (.*)$/m.exec(stdout);
    t.equal(said?.[1], "7");
    // An expected failure is a pass to it.
    t.equal(
      said?.[2],
      `passed: ${count.pass + count.xfail}, failed: ${count.fail}, skipped: ${count.skip}`,
    );
  }
});

t.test("a run that could not be judged looks green nowhere", async (t) => {
  const untestable = deriveRun([
    { ...begin, cases: [], machine: null },
    {
      event: "end",
      time: begin.time,
      status: "untestable",
      reason: "Patch 1 of 1 does not apply: x\n  at mm/memory.c:1",
    },
  ]);
  t.match(ktap.render(untestable, options), /^not ok 1 the run is untestable$/m);
  t.match(junit.render(untestable, options), /<failure message="Patch 1 of 1 does not apply: x"/);
});

t.test("JSON is the run", async (t) => {
  t.same(JSON.parse(render("json")), run);
});

t.test("Markdown is a mail: 72 columns, facts, regressions, commands to paste", async (t) => {
  const text = render("markdown");
  for (const line of text.split("\n")) t.ok(line.length <= 72, line);
  t.match(text, /^ {4}Base +6\.1\.192 \(linux-source-6\.1 6\.1\.192-2\)$/m);
  t.match(text, /^ {4}Series +mm: break <it> & "more"$/m);
  t.match(text, /^ {4}Config +base swap, sha256 c0ffee$/m);
  t.match(text, /^ {4}Results +1 regression, 2 lost, 1 known, 2 as expected/m);
  t.match(text, /^ {4}shmem-private\/swap\/madv-dontneed fails$/m);
  // Only what is ours stands outside of indented blocks, where nothing means anything to Markdown.
  const outside = text.split("\n").filter((line) => line !== "" && !line.startsWith("    "));
  t.same(outside, ["uffd-wp: failed", "Not as expected:"]);
  const [command] = /npx uffdwp run(?:.*\\\n)*.*/.exec(text) ?? [""];
  const { stdout } = await execa("sh", ["-c", command.replace("npx uffdwp", "printf '%s|'")]);
  t.equal(
    stdout,
    "run|-k|debian:6.1|--series|a b.mbox|--boot|qemu|--case|shmem-private/swap/madv-dontneed|",
  );
});

t.test("GitHub and SARIF point at the series where a trace does", async (t) => {
  const file = "mm/memory.c";
  const patches = [{ subject: "x", sha256: "", touches: [{ file, from: 1200, to: 1210 }] }];
  const lines = ["WARNING: CPU: 0 PID: 1 at mm/slab.c:1205 a+0x1/0x2", "b (mm/memory.c:1205)"];
  const findings = run.findings.map((one) => ({ ...one, lines }));
  const changed = { ...run, kernel: { ...run.kernel, patches }, findings };
  t.match(github.render(changed, options), /^::error file=mm\/memory\.c,line=1205,title=shmem/m);
  const [{ results }] = JSON.parse(sarif.render(changed, options)).runs;
  t.match(results[0], {
    ruleId: "regression",
    locations: [{ physicalLocation: { artifactLocation: { uri: file } } }],
  });
  t.equal(results[0].locations[0].physicalLocation.region.startLine, 1205);
  t.notOk(JSON.parse(render("sarif")).runs[0].results[0].locations, "no trace into the series");
});

t.test("GitHub's annotations are one line each", async (t) => {
  const lines = render("github").trimEnd().split("\n");
  t.equal(lines.length, 5);
  for (const line of lines) t.match(line, /^::(error|warning|notice) title=[^:]*::/);
});

t.test("an unknown format is a mistake", async (t) => {
  t.throws(() => parseFormat("jnit"), {
    name: "UsageError",
    message: /the formats are terminal, /,
  });
  t.throws(() => parseFormat("junit="), { name: "UsageError" });
  t.match(parseFormat("junit=a=b.xml"), { file: "a=b.xml" });
});
