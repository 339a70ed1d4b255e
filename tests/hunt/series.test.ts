import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { checkSeries } from "../../harness/hunt/series.ts";
import type { SeriesRequest, SeriesStep } from "../../harness/hunt/series-record.ts";
import { resolveSource } from "../../harness/kernel/source/source.ts";
import { DEFAULTS, type Job } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { createHunt } from "../../harness/record/hunt-journal.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const view = { ...silent, verdict() {} };

/** A hunt on a tree that its check stands on. */
async function huntOn(t: Test, asked: Partial<Job> = {}) {
  const linux = { Makefile: "", Kconfig: "", kernel: { Makefile: "" }, mm: { "memory.c": "" } };
  const top = t.testdir({ cache: {}, results: {}, linux });
  process.env.UFFDWP_CACHE = join(top, "cache");
  const path = join(top, "linux");
  const { base } = await resolveSource({ form: "tree", path, revision: undefined }, silent);
  const request: SeriesRequest = {
    kind: "series",
    base,
    subjects: ["mm: a patch"],
    job: { ...DEFAULTS, kernel: path, ...asked },
  };
  const hunt = await createHunt<SeriesRequest, SeriesStep>(join(top, "results"), "series", request);
  return { hunt, path };
}

t.test("a base that was edited since the check began is told, not tested", async (t) => {
  const { hunt, path } = await huntOn(t);
  appendFileSync(join(path, "mm/memory.c"), "int edited;\n");
  await t.rejects(checkSeries(hunt, view), {
    name: "UsageError",
    message: /linux has changed since .*@HEAD/,
  });
  await hunt.close();
  t.same(readdirSync(hunt.directory), ["hunt.ndjson"], "nothing was run");
});

t.test("without the cache each kernel is built once", async (t) => {
  const run = deriveRun([begin, ...events, end]);
  const built: string[] = [];
  const noteBuild = ({ series, cache }: Job) => {
    if (!cache) built.push(series.length === 0 ? "base" : "patched");
  };
  const { checkSeries } = (await t.mockImport("../../harness/hunt/series.ts", {
    "../../harness/record/read-run.ts": { readRun: async () => run },
    "../../harness/run/run.ts": {
      async runJob(job: Job) {
        noteBuild(job);
        return { run, directory: "" };
      },
    },
    "../../harness/kernel/prepare.ts": {
      async prepareKernel(job: Job) {
        noteBuild(job);
        return {};
      },
    },
  })) as typeof import("../../harness/hunt/series.ts");
  const { hunt } = await huntOn(t, { cache: false });
  await checkSeries(hunt, view);
  await hunt.close();
  t.same(built, ["base", "patched"]);
});
