import { execFileSync } from "node:child_process";
import t from "tap";
import { create } from "xmlbuilder2";
import { parseKtap } from "../../harness/ktap/parse.ts";
import { flatten, totalsOf } from "../../harness/ktap/totals.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { parseFormat } from "../../harness/report/registry.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const run = deriveRun([begin, ...events, end]);
const options = { directory: "/r/x", color: false };
const render = (name: string) => parseFormat(name).format.render(run, options);

t.test("the terminal's summary fits a screen and has what somebody needs next", async (t) => {
  const text = render("terminal");
  t.ok(text.split("\n").length <= 40);
  t.match(text, /✗ shmem-private\/swap\/madv-dontneed fails/);
  t.match(text, /must hold {2}the entry is marker/);
  t.match(text, /WARNING in zap_pte_range .*guest-0\/console\.log:12/);
  t.match(text, /npx uffdwp run -k debian:6\.1 .*--case shmem-private\/swap\/madv-dontneed/);
  t.match(text, /WARNING at boot while no case was running/);
  t.match(text, /FAILED {2}1 regression, 2 lost, 1 known, 2 as expected/);
  t.match(text, /report\.html/);
});

t.test("KTAP comes back through our own parser with the same counts", async (t) => {
  const document = parseKtap(render("ktap"));
  t.same(document.errors, []);
  t.same(totalsOf(document), { pass: 1, fail: 3, skip: 1, xfail: 1, lost: 0 });
  const failed = flatten(document.results).filter(({ ok }) => !ok);
  t.same(
    failed.map(({ path }) => path[0]),
    [...["shmem-private/swap/madv-dontneed", "shmem/marker/munmap", "anon/swap/munmap"]],
  );
});

t.test("JUnit is well-formed, counts right and keeps what XML can't hold out", async (t) => {
  const text = render("junit");
  const { testsuites } = create(text).end({ format: "object" }) as never as Record<string, never>;
  t.match(testsuites, { "@tests": "6", "@failures": "1", "@errors": "2", "@skipped": "2" });
  t.notOk(text.includes("\u0001"));
  t.match(text, /\]\]&gt; &amp; more/);
  execFileSync("python3", ["-c", "import sys, xml.dom.minidom as m; m.parse(sys.stdin.buffer)"], {
    input: text,
  });
});

t.test("JSON is the run", async (t) => {
  t.same(JSON.parse(render("json")), run);
});

t.test("Markdown names the failure and can't be broken by what a case prints", async (t) => {
  const text = render("markdown");
  t.match(text, /### `shmem-private\/swap\/madv-dontneed` fails/);
  t.match(text, /expected \\<marker\\>/);
});

t.test("GitHub's annotations are one line each", async (t) => {
  const lines = render("github").trimEnd().split("\n");
  t.equal(lines.length, 5);
  for (const line of lines) t.match(line, /^::(error|warning|notice) title=[^:]*::/);
});

t.test("KCIDB has the ids and statuses that its schema asks for", async (t) => {
  const document = JSON.parse(render("kcidb"));
  t.match(document, { version: { major: 5, minor: 3 } });
  const id = /^[a-z0-9_]+:[^\0]*$/;
  const [build] = document.builds;
  t.match(document.checkouts[0], { id, origin: /^[a-z0-9_]+$/ });
  t.equal(build.checkout_id, document.checkouts[0].id);
  for (const test of document.tests) {
    t.match(test, { id, build_id: build.id, path: /^[\w-]+(\.[\w-]+)*$/ });
  }
  t.same(
    document.tests.map((test: { status: string }) => test.status),
    [...["PASS", "FAIL", "FAIL", "SKIP", "ERROR", "MISS"]],
  );
  t.equal(document.incidents[0].issue_id, document.issues[0].id);
  t.notMatch(JSON.stringify(document), /:null/);
});

t.test("an unknown format is a mistake", async (t) => {
  t.throws(() => parseFormat("jnit"), {
    name: "UsageError",
    message: /the formats are terminal, /,
  });
  t.throws(() => parseFormat("junit="), { name: "UsageError" });
  t.match(parseFormat("junit=a=b.xml"), { file: "a=b.xml" });
});
