import { join } from "node:path";
import t from "tap";
import { readSuiteFile } from "../../harness/verdict/suite-file.ts";

t.test("our own suite file is valid and describes each suite", async (t) => {
  const { suites } = await readSuiteFile();
  t.ok(suites.survive);
  t.ok(suites.teardown);
});

t.test("a mistake in it is named with its place", async (t) => {
  const path = join(
    t.testdir({ "suite.yaml": "suites: {}\nneeds:\n  - cases: [a]\n    features: [WP_SHMEM]\n" }),
    "suite.yaml",
  );
  await t.rejects(readSuiteFile(path), { message: /suite\.yaml:4:16: needs\.0\.features\.0: / });
});

t.test("a version that YAML takes for a number is a mistake", async (t) => {
  const text = "suites: {}\nneeds:\n  - cases: [a]\n    since: 6.10\n";
  const path = join(t.testdir({ "suite.yaml": text }), "suite.yaml");
  await t.rejects(readSuiteFile(path), { message: /suite\.yaml:4:12: needs\.0\.since: / });
});

t.test("a known bug names its splats, but not just any", async (t) => {
  const text = (finding: string) =>
    `suites: {}\nknown:\n  - cases: [a]\n    findings: ["${finding}"]\n    why: w\n    reference: r\n`;
  const path = (finding: string) => join(t.testdir({ "suite.yaml": text(finding) }), "suite.yaml");
  t.match(await readSuiteFile(path("WARNING in *")), { known: [{ findings: ["WARNING in *"] }] });
  await t.rejects(readSuiteFile(path("*")), {
    message: /suite\.yaml:4:16: known\.0\.findings\.0: /,
  });
});
