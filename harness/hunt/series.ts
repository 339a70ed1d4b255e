// A series patch by patch: what each changes against the kernel before it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UntestableKernelError, type UntestableStage } from "../errors.ts";
import { prepareKernel } from "../kernel/prepare.ts";
import type { Job } from "../plan/job.ts";
import { publishJson } from "../process/publish.ts";
import type { HuntJournal } from "../record/hunt-journal.ts";
import { readRun } from "../record/read-run.ts";
import type { Run } from "../record/run-schema.ts";
import type { RunView } from "../run/recorded-run.ts";
import { type Comparison, compareRuns } from "../verdict/comparison.ts";
import { testKernel } from "./ask.ts";
import { checkGround } from "./ground.ts";
import { seriesUpTo } from "./patch-files.ts";
import type { PatchChange, SeriesRecord, SeriesRequest, SeriesStep } from "./series-record.ts";
import { warningsOf } from "./warnings.ts";

export type SeriesCheck = HuntJournal<SeriesRequest, SeriesStep>;

/** What the next patch is held against. */
interface Before {
  readonly run: Run;
  /** Of all builds so far. */
  readonly warnings: readonly string[];
}

/**
 * Tests the base and then each patch on top of those before it; a patch that does not apply ends the
 * series.
 *
 * @throws {UntestableKernelError} when the base itself can't be judged
 * @throws {UsageError} when the base or the cases are edited meanwhile
 * @throws {InterruptedError} when somebody stopped us; `uffdwp resume` finishes the hunt
 */
export async function checkSeries(hunt: SeriesCheck, view: RunView): Promise<SeriesRecord> {
  const { subjects } = hunt.request;
  const patches: SeriesStep[] = [];
  await checkGround(hunt.request, view);
  let before = await testBase(jobUpTo(hunt, 0), view);
  for (const [i, subject] of subjects.entries()) {
    const index = i + 1;
    view.note(`${index} of ${subjects.length}: ${subject}`);
    const known = hunt.steps.find((step) => step.index === index);
    const step = known ?? (await testPatch(hunt, { index, subject }, before, view));
    if (!known) {
      await checkGround(hunt.request, view);
      await hunt.append(step);
    }
    patches.push(step);
    if (!step.applies) break;
    before = await standAfter(hunt, step, before);
  }
  const untried = subjects.length - patches.length;
  const record = { id: hunt.id, base: before.run.kernel.source, patches, untried };
  await publishJson(join(hunt.directory, "series.json"), record);
  return record;
}

/** All of it, the base at 0: what was built before is in the store, and what was judged is in the hunt. */
function jobUpTo({ request, directory }: SeriesCheck, index: number): Job {
  const series = index === 0 ? [] : [seriesUpTo(directory, index)];
  return { ...request.job, series, results: directory };
}

async function testBase(job: Job, view: RunView): Promise<Before> {
  view.note("the base");
  const { run, untestable } = await testKernel(job, view);
  if (!untestable) return { run, warnings: await warningsIn(job, view) };
  const { message, stage } = untestable;
  throw new UntestableKernelError(`The base can't be judged: ${message}`, { stage });
}

async function testPatch(
  hunt: SeriesCheck,
  patch: { readonly index: number; readonly subject: string },
  before: Before,
  view: RunView,
): Promise<SeriesStep> {
  const job = jobUpTo(hunt, patch.index);
  const { run, untestable } = await testKernel(job, view);
  const said = untestable
    ? await warningsOfUntestable(untestable, job, view)
    : await warningsIn(job, view);
  const warnings = said.filter((one) => !before.warnings.includes(one));
  const step = { ...patch, run: run.id, warnings };
  if (untestable) return { ...step, ...NOTHING, ...stagesOf(untestable), why: untestable.message };
  const comparison = compareRuns(before.run, run);
  return {
    ...step,
    ...ALL,
    why: "",
    sameKernel: run.kernel.content !== null && run.kernel.content === before.run.kernel.content,
    changes: changesOf(comparison),
    findings: comparison.findings.new,
  };
}

/** A patch that can't be judged leaves what stood before it for the next to be held against. */
async function standAfter(
  { directory }: SeriesCheck,
  { boots, run, warnings }: SeriesStep,
  before: Before,
): Promise<Before> {
  return {
    run: boots ? await readRun(join(directory, run)) : before.run,
    warnings: [...before.warnings, ...warnings],
  };
}

/**
 * What was compiled before the build failed is not compiled again for the next patch: now or never
 * its warnings are told.
 */
async function warningsOfUntestable(
  { stage, buildLog }: UntestableKernelError,
  job: Job,
  view: RunView,
): Promise<string[]> {
  if (stage === "boot") return warningsIn(job, view);
  return buildLog ? warningsOf(await readFile(buildLog, "utf8")) : [];
}

/** Of the build that has put the kernel into the store: its run has built it, also without the cache. */
async function warningsIn(job: Job, view: RunView): Promise<string[]> {
  const { buildLog } = await prepareKernel({ ...job, cache: true }, view);
  return buildLog ? warningsOf(await readFile(buildLog, "utf8")) : [];
}

const NOTHING = { sameKernel: false, changes: [], findings: [] } as const;
const ALL = { applies: true, options: true, builds: true, boots: true } as const;

/** What is before the stage that failed went well; what is after it was never tried. */
function stagesOf({ stage = "boot" }: UntestableKernelError) {
  const order: readonly UntestableStage[] = ["series", "kconfig", "build", "boot"];
  const failed = order.indexOf(stage);
  const at = (name: UntestableStage) => {
    const position = order.indexOf(name);
    return position > failed ? null : position < failed;
  };
  return {
    applies: stage !== "series",
    options: at("kconfig"),
    builds: at("build"),
    boots: at("boot"),
  };
}

function changesOf(comparison: Comparison): PatchChange[] {
  const kinds = ["worse", "better", "changed", "new", "gone"] as const;
  return kinds.flatMap((kind) =>
    comparison[kind].map((one) => ({
      case: one.case,
      from: one.from,
      to: one.to,
      kind,
      reason: one.reason,
    })),
  );
}
