import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import t, { type Test } from "tap";
import { deriveRun } from "../../harness/record/derive-run.ts";
import type { Run } from "../../harness/record/run-schema.ts";
import { kcidb } from "../../harness/report/kcidb.ts";
import { exactly } from "../exactly.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const schema = readFileSync(new URL("./data/kcidb-5.3.schema.json", import.meta.url), "utf8");
const ajv = new Ajv({ strict: false });
formats.default(ajv);
const accepts = ajv.compile(JSON.parse(schema));

const run = deriveRun([begin, ...events, end]);

/** Renders, and sees to it that the schema accepts what comes out. */
function render(t: Test, changes: Partial<Run> = {}, directory = "/nowhere") {
  const text = kcidb.render({ ...run, ...changes }, { directory, color: false });
  const document = JSON.parse(text);
  t.ok(accepts(document), "the schema accepts it", { errors: accepts.errors });
  return document;
}

t.test("the schema is no pushover", async (t) => {
  t.notOk(accepts({ version: { major: 5, minor: 4 } }), "a later version");
  t.notOk(accepts({ version: { major: 5, minor: 3 }, runs: [] }), "an unknown key");
  const version = { major: 5, minor: 3 };
  t.notOk(accepts({ version, checkouts: [{ id: "uffdwp:1", origin: "uffdwp", valid: null }] }));
  t.notOk(accepts({ version, builds: [{ id: "uffdwp:1", origin: "uffdwp" }] }), "no checkout_id");
});

t.test("a checkout, a build, and a test a result", async (t) => {
  const directory = t.testdir({ config: 'CONFIG_CC_VERSION_TEXT="gcc (Debian 12) 12.2.0"\n' });
  const { checkouts, builds, tests } = render(t, {}, directory);
  t.match(checkouts, exactly([{ valid: true, patchset_hash: "" }]));
  t.match(
    builds,
    exactly([{ checkout_id: checkouts[0].id, status: "PASS", compiler: "gcc (Debian 12) 12.2.0" }]),
  );
  for (const test of tests) t.equal(test.build_id, builds[0].id);
  t.same(
    tests.map((test: { path: string; status: string }) => `${test.path} ${test.status}`),
    [
      "uffdwp.kernel-log FAIL",
      "uffdwp.survive.shmem.present.write PASS",
      "uffdwp.survive.shmem-private.swap.madv-dontneed FAIL",
      "uffdwp.survive.anon.present.ksm FAIL",
      "uffdwp.teardown.shmem.present.munmap SKIP",
      "uffdwp.teardown.shmem.marker.munmap ERROR",
      "uffdwp.teardown.anon.swap.munmap MISS",
    ],
  );
});

t.test("a known bug is an issue, with an incident where it shows or no longer does", async (t) => {
  const { issues, incidents, tests } = render(t);
  t.match(
    issues,
    exactly([{ comment: "merging drops the bit (reported)", culprit: { code: true } }]),
  );
  t.match(incidents, exactly([{ issue_id: issues[0].id, test_id: tests[3].id, present: true }]));
  const cases = run.cases.map((one) =>
    one.verdict === "known"
      ? { ...one, outcome: "pass" as const, verdict: "unexpected-pass" as const }
      : one,
  );
  const gone = render(t, { cases });
  t.match(gone.incidents, exactly([{ issue_id: issues[0].id, present: false }]));
  t.equal(gone.tests[3].status, "PASS");
});

t.test("a series is named by its patches, its message and the commit below", async (t) => {
  const patches = ["a", "b"].map((text) => ({
    subject: text,
    sha256: createHash("sha256").update(text).digest("hex"),
    touches: [],
  }));
  const request = ["-k", "/linux@v6.12", "--series", "20260101.1-a@example.org"];
  const kernel = { ...run.kernel, patches, commit: "0123456789".repeat(4) };
  const [checkout] = render(t, { kernel, request }).checkouts;
  const listed = patches.map(({ sha256 }) => `${sha256}\n`).join("");
  t.match(checkout, {
    patchset_hash: createHash("sha256").update(listed).digest("hex"),
    message_id: "20260101.1-a@example.org",
    git_commit_hash: kernel.commit,
  });
});

t.test("a kernel that can't be judged has a checkout, and a build if it came so far", async (t) => {
  const untestable = { status: "untestable" as const, machine: null, cases: [], findings: [] };
  const unapplied = render(t, { ...untestable, reason: "Patch 1 of 2 does not apply: x" });
  t.match(unapplied, {
    checkouts: exactly([{ valid: false }]),
    builds: exactly([]),
    tests: exactly([]),
  });
  const reason = `mm/memory.c:1: error\u0000 ${"😀".repeat(20_000)}`;
  const unbuilt = render(t, { ...untestable, reason });
  t.match(unbuilt, {
    checkouts: exactly([{ valid: true }]),
    builds: exactly([{ status: "FAIL" }]),
    tests: exactly([]),
  });
});

t.test("hostile names stay within the schema", async (t) => {
  const hostile = 'a\u0000/.. "ü"/😀';
  render(t, { cases: run.cases.map((one) => ({ ...one, id: hostile, output: hostile })) });
});
