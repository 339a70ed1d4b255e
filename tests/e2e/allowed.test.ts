import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { exactly } from "../exactly.ts";
import { stage } from "./aftermath.ts";
import { uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const cases = join(import.meta.dirname, "runner");
const ARGS = ["run", "--kconfig", "faults", "--cases", cases, "--boot", "qemu", "--confirm", "0"];

t.before(() => uffdwp(["build", "--kconfig", "faults"]));

t.test("what an allow list names fails no case of ours, which reads the log as well", async (t) => {
  const { run, sound } = stage(t);
  const list = join(t.testdir(), "allow.yaml");
  writeFileSync(list, 'allow: [{ title: "WARNING in lkdtm_*", why: asked for by this test }]\n');
  const { exitCode, stdout } = await run([...ARGS, "--suite", "warnings", "--allow", list]);
  t.equal(exitCode, 1, stdout);
  const { cases, findings } = await sound(t);
  const outcomes = Object.fromEntries(cases.map(({ id, outcome }) => [id, outcome]));
  t.same(outcomes, {
    "log/debug/alone": "pass",
    "log/warning/alone": "fail",
    "log/warning/harness": "pass",
  });
  const alone = cases.find(({ id }) => id === "log/warning/alone");
  t.match(alone, { reason: /^the kernel says: WARNING: / });
  for (const { allowed } of findings) t.equal(allowed, "asked for by this test");
});

t.test("what it does not name fails them, once and by its title", async (t) => {
  const { run, sound } = stage(t);
  const { exitCode } = await run([...ARGS, "--case", "log/*/harness"]);
  t.equal(exitCode, 1);
  t.match((await sound(t)).cases, exactly([{ outcome: "fail", reason: /^WARNING in lkdtm_/ }]));
});
