import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { SeriesCheck } from "../../harness/hunt/series.ts";
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
