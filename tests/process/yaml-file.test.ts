import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { UsageError } from "../../harness/errors.ts";
import { profileSchema } from "../../harness/plan/profile.ts";
import { readYaml } from "../../harness/process/yaml-file.ts";

async function mistakeIn(text: string): Promise<string> {
  const path = join(t.testdir(), "profile.yaml");
  writeFileSync(path, text);
  try {
    await readYaml(path, profileSchema);
  } catch (error) {
    if (error instanceof UsageError) return error.message.replaceAll(path, "FILE");
    throw error;
  }
  return "";
}

t.test("a good document comes back as the schema has it", async (t) => {
  const path = join(t.testdir({ "p.yaml": "kernel: debian:6.12\ncpus: 2\n" }), "p.yaml");
  t.same(await readYaml(path, profileSchema), { kernel: "debian:6.12", cpus: 2 });
});

t.test("an empty document is an empty profile", async (t) => {
  const path = join(t.testdir({ "p.yaml": "# nothing\n" }), "p.yaml");
  t.same(await readYaml(path, profileSchema), {});
});

t.test("a mistake is named with line, column and what was expected", async (t) => {
  t.match(await mistakeIn("kernel: x\ncpus: two\n"), /^FILE:2:7: cpus: .*expected number/);
  t.match(await mistakeIn("timeouts:\n  boot: 5\n  case: -1\n"), /^FILE:3:9: timeouts\.case: /);
});

t.test("an unknown key is named where it stands", async (t) => {
  t.match(await mistakeIn("kernel: x\nbot: qemu\n"), /^FILE:2:1: .*"bot"/);
  t.match(await mistakeIn("timeouts:\n  bot: 5\n"), /^FILE:2:3: .*"bot"/);
});

t.test("what is no YAML is named where it breaks", async (t) => {
  t.match(await mistakeIn("kernel: [a\ncpus: 2\n"), /^FILE:2:1: /);
});

t.test("a file that is not there is a usage error", async (t) => {
  await t.rejects(readYaml("/nonexistent.yaml", profileSchema), UsageError);
});
