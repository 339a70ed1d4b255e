import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { resumeHunt } from "../../harness/commands/resume-hunt.ts";
import { casesOf } from "../../harness/hunt/ground.ts";
import type { SeriesCheck } from "../../harness/hunt/series.ts";
import { DEFAULTS } from "../../harness/plan/job.ts";
import { createHunt } from "../../harness/record/hunt-journal.ts";

t.test("a hunt goes on although one of its runs was killed before its first line", async (t) => {
  const { id, directory, close } = await createHunt(t.testdir({}), "series", { kind: "series" });
  await close();
  const run = join(directory, "20260203T040506-6.1.192");
  mkdirSync(run);
  writeFileSync(join(run, "journal.ndjson"), "");
  const carriedOut: string[] = [];
  const { resumeHunt } = (await t.mockImport("../../harness/commands/resume-hunt.ts", {
    "../../harness/commands/series.ts": {
      async carryOutSeries(hunt: SeriesCheck) {
        carriedOut.push(hunt.id);
        await hunt.close();
      },
    },
  })) as typeof import("../../harness/commands/resume-hunt.ts");
  await resumeHunt(directory, { quiet: true });
  t.same(carriedOut, [id]);
});

t.test("no hunt goes on with other cases than it began with", async (t) => {
  const top = t.testdir({ cases: { "suite.yaml": "suites: {}\n", "own.c": "" } });
  const job = { ...DEFAULTS, ownCases: [join(top, "cases")] };
  const request = { job, image: await casesOf(job), base: "", tree: top, good: [], bad: "" };
  appendFileSync(join(top, "cases/own.c"), "int edited;\n");
  for (const [kind, name] of [["series"], ["commits", "bisect"], ["kconfig", "bisect"]] as const) {
    const hunt = await createHunt(top, name ?? "series", { ...request, kind, subjects: [] });
    await hunt.close();
    await t.rejects(resumeHunt(hunt.directory, { quiet: true }), {
      name: "UsageError",
      message: /^The cases.*have changed since this hunt began/,
    });
  }
});
