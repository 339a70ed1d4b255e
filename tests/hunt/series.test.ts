import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { UntestableKernelError, type UntestableStage } from "../../harness/errors.ts";
import { casesOf } from "../../harness/hunt/ground.ts";
import { seriesUpTo } from "../../harness/hunt/patch-files.ts";
import { checkSeries } from "../../harness/hunt/series.ts";
import type { SeriesRequest, SeriesStep } from "../../harness/hunt/series-record.ts";
import { resolveSource } from "../../harness/kernel/source/source.ts";
import { DEFAULTS, type Job } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";
import { deriveRun } from "../../harness/record/derive-run.ts";
import { createHunt, openHunt } from "../../harness/record/hunt-journal.ts";
import { begin, end, events } from "../record/sample-journal.ts";

const view = { ...silent, verdict() {} };

/** A hunt on a tree that its check stands on. */
async function huntOn(t: Test, asked: Partial<Job> = {}, subjects = ["mm: a patch"]) {
  const linux = { Makefile: "", Kconfig: "", kernel: { Makefile: "" }, mm: { "memory.c": "" } };
  const own = { "suite.yaml": "suites: {}\n", "own.c": "" };
  const top = t.testdir({ cache: {}, results: {}, linux, cases: own });
  process.env.UFFDWP_CACHE = join(top, "cache");
  const path = join(top, "linux");
  const { base } = await resolveSource({ form: "tree", path, revision: undefined }, silent);
  const cases = join(top, "cases");
  const job = { ...DEFAULTS, kernel: path, ownCases: [cases], ...asked };
  const image = await casesOf(job);
  const request: SeriesRequest = { kind: "series", base, image, subjects, job };
  const hunt = await createHunt<SeriesRequest, SeriesStep>(join(top, "results"), "series", request);
  return { hunt, path, cases };
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

t.test(
  "cases that are edited meanwhile end it: what they said of a patch is not kept",
  async (t) => {
    const run = deriveRun([begin, ...events, end]);
    const { hunt, cases } = await huntOn(t);
    const { checkSeries } = (await t.mockImport("../../harness/hunt/series.ts", {
      "../../harness/run/run.ts": {
        async runJob({ series }: Job) {
          if (series.length > 0) appendFileSync(join(cases, "own.c"), "int edited;\n");
          return { run, directory: "" };
        },
      },
      "../../harness/kernel/prepare.ts": { prepareKernel: async () => ({}) },
    })) as typeof import("../../harness/hunt/series.ts");
    await t.rejects(checkSeries(hunt, view), {
      name: "UsageError",
      message: /^The cases.*changed/,
    });
    await hunt.close();
    const reopened = await openHunt(hunt.directory);
    t.same(reopened.steps, []);
    await reopened.close();
  },
);

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

/** How far the first patches of a series come. */
const STAGES: Readonly<Record<number, UntestableStage>> = { 1: "build", 2: "boot" };
/** What the compiler says of a variable. */
const warning = (name: string) => `mm/a.c: unused variable '${name}' [-Wunused-variable]`;

t.test(
  "each warning is told once, by the patch that brought it, whatever became of that",
  async (t) => {
    const run = deriveRun([begin, ...events, end]);
    const { hunt } = await huntOn(t, {}, ["breaks the build", "breaks the boot", "mends it"]);
    /** So many patches are in, and each but the base has left a variable unused. */
    const lengthOf = ({ series }: Job) =>
      [0, 1, 2, 3].find((n) => n > 0 && series[0] === seriesUpTo(hunt.directory, n)) ?? 0;
    const logOf = (length: number) => {
      const log = join(hunt.directory, `log-${length}`);
      const names = ["a", "b", "c"].slice(0, length);
      const lines = names.map((name, i) =>
        warning(name).replace(":", `:${length}${i}:5: warning:`),
      );
      writeFileSync(log, lines.join("\n"));
      return log;
    };
    const check = async (steps = hunt.steps) => {
      const { checkSeries } = (await t.mockImport("../../harness/hunt/series.ts", {
        "../../harness/errors.ts": await import("../../harness/errors.ts"),
        "../../harness/record/read-run.ts": { readRun: async () => run },
        "../../harness/run/run.ts": {
          async runJob(job: Job) {
            const stage = STAGES[lengthOf(job)];
            if (stage === undefined) return { run, directory: "" };
            const buildLog = stage === "build" ? logOf(1) : undefined;
            return {
              run,
              directory: "",
              error: new UntestableKernelError(stage, { stage, buildLog }),
            };
          },
        },
        "../../harness/kernel/prepare.ts": {
          prepareKernel: async (job: Job) => ({ buildLog: logOf(lengthOf(job)) }),
        },
      })) as typeof import("../../harness/hunt/series.ts");
      const { patches } = await checkSeries({ ...hunt, steps }, view);
      return patches;
    };
    const patches = await check();
    t.same(
      patches.map(({ warnings }) => warnings),
      [[warning("a")], [warning("b")], [warning("c")]],
    );
    t.same(await check(patches.slice(0, 2)), patches, "also where it is resumed");
    await hunt.close();
  },
);
