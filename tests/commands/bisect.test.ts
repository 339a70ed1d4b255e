import { execFileSync } from "node:child_process";
import { join } from "node:path";
import t from "tap";
import type { Bisect } from "../../harness/hunt/bisect.ts";
import type { BisectRequest } from "../../harness/hunt/bisect-record.ts";
import { exactly } from "../exactly.ts";

t.setTimeout(120_000);

t.test("terms and paths come to git as they were given, terms by both of its names", async (t) => {
  const top = t.testdir({ linux: { Makefile: "", Kconfig: "", kernel: { Makefile: "" } } });
  const [linux, results] = [join(top, "linux"), join(top, "results")];
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    return execFileSync("git", [...identity, ...args], { cwd: linux, encoding: "utf8" }).trim();
  };
  git("init", "--quiet");
  for (const n of [0, 1]) git("commit", "--quiet", "--allow-empty", "-m", `commit ${n}`);
  const requests: BisectRequest[] = [];
  const { bisectCommand } = (await t.mockImport("../../harness/commands/bisect.ts", {
    "../../harness/hunt/bisect.ts": {
      async bisect(hunt: Bisect) {
        requests.push(hunt.request);
        throw new Error("asked");
      },
    },
  })) as typeof import("../../harness/commands/bisect.ts");
  const asked = async (...args: string[]) => {
    const ends = ["-k", linux, "--good", "HEAD~1", "--bad", "HEAD", "--results", results];
    const command = bisectCommand().exitOverride();
    command.configureOutput({ writeErr() {} });
    await t.rejects(command.parseAsync([...ends, "--quiet", ...args], { from: "user" }), /asked/);
    return requests.pop();
  };
  const ends = { good: [git("rev-parse", "HEAD~1")], bad: git("rev-parse", "HEAD") };
  const usual = await asked();
  t.match(usual, { ...ends, paths: exactly([]), firstParent: false });
  t.same(usual?.terms, {});
  const terms = { old: "fast", new: "slow" };
  const paths = ["mm", "fs/userfaultfd.c"];
  const asGiven = exactly(paths);
  t.match(await asked("--term-old", "fast", "--term-new=slow", "--first-parent", ...paths), {
    ...ends,
    terms,
    paths: asGiven,
    firstParent: true,
  });
  t.match(await asked("--term-good", "fast", "--term-bad=slow", "--", ...paths), {
    terms,
    paths: asGiven,
  });
});
