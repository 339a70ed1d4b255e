import { realpathSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import t from "tap";
import { jobOf, withKernelOptions, withRunOptions } from "../../harness/commands/options.ts";

async function job(...args: string[]) {
  const command = withRunOptions(withKernelOptions(new Command("run")));
  return jobOf(await command.parseAsync(args, { from: "user" }));
}

t.test("a job names its files from anywhere, whether flags or a profile gave them", async (t) => {
  const top = t.testdir({
    "a.mbox": "",
    "a.config": "",
    linux: { Makefile: "", Kconfig: "", kernel: {} },
    "profile.yaml": `
series: [a.mbox, 20260203.1-a@example.org]
kconfig: [kasan, a.config]
modules: modules
suites: [survive, "kselftest:mm/uffd-stress anon 20 16@linux"]
ownCases: [cases]
allow: [allow.yaml]
`,
  });
  const before = process.cwd();
  t.teardown(() => process.chdir(before));
  process.chdir(top);
  const at = (name: string) => join(top, name);
  const named = {
    series: [at("a.mbox"), "20260203.1-a@example.org"],
    kconfig: ["kasan", at("a.config")],
    suites: ["survive", `kselftest:mm/uffd-stress anon 20 16@${realpathSync(at("linux"))}`],
    modules: at("modules"),
    ownCases: [at("cases")],
    allow: [at("allow.yaml")],
  };
  t.match(await job("--profile", "profile.yaml"), named);
  const flags = [
    ...["--series", "a.mbox", "--series", "20260203.1-a@example.org"],
    ...["--kconfig", "kasan", "--kconfig", "a.config"],
    ...["--suite", "survive", "--suite", "kselftest:mm/uffd-stress anon 20 16@linux"],
    ...["--modules", "modules", "--cases", "cases", "--allow", "allow.yaml"],
  ];
  t.match(await job(...flags), named);
});
