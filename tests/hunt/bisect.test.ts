import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { BisectRequest, BisectStep } from "../../harness/hunt/bisect-record.ts";
import { casesOf } from "../../harness/hunt/ground.ts";
import { DEFAULTS, type Job } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";
import { createHunt, openHunt } from "../../harness/record/hunt-journal.ts";
import { runWith } from "./runs.ts";

const view = { ...silent, verdict() {} };

t.test("cases that are edited meanwhile end it: what they said is not kept", async (t) => {
  const own = { "suite.yaml": "suites: {}\n", "own.c": "" };
  const top = t.testdir({ linux: {}, results: {}, cases: own });
  const tree = join(top, "linux");
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    return execFileSync("git", [...identity, ...args], { cwd: tree, encoding: "utf8" }).trim();
  };
  git("init", "--quiet");
  for (const n of [0, 1, 2, 3]) git("commit", "--quiet", "--allow-empty", "-m", `commit ${n}`);
  const [good, , , bad] = git("rev-list", "--reverse", "HEAD").split("\n") as [
    string,
    string,
    string,
    string,
  ];
  const job = { ...DEFAULTS, kernel: tree, ownCases: [join(top, "cases")] };
  const request: BisectRequest = {
    ...{ kind: "commits", job, tree, good: [good], bad, symptom: null },
    ...{ firstParent: false, paths: [], terms: {}, image: await casesOf(job) },
  };
  const { bisect } = (await t.mockImport("../../harness/hunt/bisect.ts", {
    "../../harness/run/run.ts": {
      async runJob({ kernel }: Job) {
        const isEnd = [good, bad].some((sha) => kernel.endsWith(sha));
        if (!isEnd) appendFileSync(join(top, "cases/own.c"), "int edited;\n");
        return { run: runWith({ "a/b": [kernel.endsWith(bad) ? "fail" : "pass"] }), directory: "" };
      },
    },
  })) as typeof import("../../harness/hunt/bisect.ts");
  const hunt = await createHunt<BisectRequest, BisectStep>(join(top, "results"), "bisect", request);
  await t.rejects(bisect(hunt, view), { name: "UsageError", message: /^The cases.*changed/ });
  await hunt.close();
  const reopened = await openHunt(hunt.directory);
  t.same(reopened.steps, []);
  await reopened.close();
});
