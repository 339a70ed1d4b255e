// The main job, stage by stage: this file is the only one that knows them all.
import { resolve } from "node:path";
import { UntestableKernelError, UsageError } from "../errors.ts";
import { chooseMachine } from "../guest/choose-machine.ts";
import { qemuVersion } from "../guest/qemu-version.ts";
import { type Kselftest, prepareKselftests } from "../image/kselftest/prepare.ts";
import { prepareImage } from "../image/prepare.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { prepareKernel } from "../kernel/prepare.ts";
import type { Job } from "../plan/job.ts";
import { readComparableRun } from "../record/comparable-run.ts";
import type { PlannedCase, UnnamedRun } from "../record/journal-event.ts";
import { judgedBefore } from "../record/judged-before.ts";
import { readRun } from "../record/read-run.ts";
import { beginRun } from "../record/results.ts";
import { readAllowLists } from "../verdict/allow-list.ts";
import { type Baseline, baselineOf } from "../verdict/baseline.ts";
import { readSuiteFiles } from "../verdict/suite-file.ts";
import { carryOut, finish } from "./carry-out.ts";
import type { FailedRun, RecordedRun, RunView } from "./recorded-run.ts";
import { chosenCases, inOrder, turnsOf } from "./turns.ts";

export interface RunOptions {
  /** Takes a recorded run of the same kernel, image, cases and machine instead. */
  readonly reuse?: boolean;
  /** Ids of the cases to begin with. */
  readonly first?: ReadonlySet<string>;
  /** Aborted with an error that ends the run after the case under way. */
  readonly stop?: AbortSignal;
}

/**
 * Builds, boots, runs the cases, judges and records.
 *
 * @returns the run; with the error, where one ended it after its record had begun
 * @throws {UsageError} when the job names what does not exist; nothing has been recorded then
 * @throws {HarnessError} when a tool is missing before the record has begun
 */
export async function runJob(
  asked: Job,
  view: RunView,
  { reuse = false, first = new Set(), stop }: RunOptions = {},
): Promise<RecordedRun | FailedRun> {
  const started = new Date();
  const { ownCases } = asked;
  const suites = await readSuiteFiles(ownCases);
  const allow = await readAllowLists(asked.allow);
  const baseline = await readBaseline(asked);
  // What is the latest run now will be another one when somebody asks for the same again.
  const latest = baseline && asked.baseline === "latest";
  const job = latest ? { ...asked, baseline: baseline.id } : asked;
  let kernel: Kernel;
  let kselftests: Kselftest[];
  try {
    kselftests = await prepareKselftests(job, view);
    // A mistyped case is said at once, not after a build.
    chosenCases(await prepareImage(undefined, view, { kselftests, ownCases }), job);
    kernel = await prepareKernel(job, view);
  } catch (error) {
    if (!(error instanceof UntestableKernelError)) throw error;
    return recordUntestable(job, started, error);
  }
  const image = await prepareImage(kernel, view, { kselftests, ownCases });
  stop?.throwIfAborted();
  const cases = chosenCases(image, job);
  const qemu = await qemuVersion();
  const machine = { ...(await chooseMachine(job, kernel, image, view)), qemu };
  const begin: UnnamedRun = {
    event: "run",
    schema: 1,
    time: started.toISOString(),
    job,
    kernel,
    machine,
    image: image.key,
    cases: cases.map(plannedCase),
    baseline,
    allow,
  };
  const before = reuse ? await judgedBefore(resolve(job.results), begin) : undefined;
  if (before) return { run: await readRun(before), directory: before, reused: true };
  const { directory, journal } = await beginRun(resolve(job.results), started, begin);
  const turns = inOrder(turnsOf(cases, job, machine), first);
  const scene = { job, kernel, image, machine, suites, baseline, allow, directory, stop };
  return carryOut(scene, turns, journal, view);
}

async function recordUntestable(
  job: Job,
  started: Date,
  error: UntestableKernelError,
): Promise<FailedRun> {
  const kernel: Kernel = {
    release: "",
    buildId: undefined,
    image: "",
    vmlinux: undefined,
    config: undefined,
    modules: undefined,
    buildLog: error.buildLog,
    source: job.kernel,
    key: "",
    series: job.series,
    kconfig: job.kconfig,
    configHash: "",
  };
  const { directory, journal } = await beginRun(resolve(job.results), started, {
    event: "run",
    schema: 1,
    time: started.toISOString(),
    job,
    kernel,
    machine: null,
    image: "",
    cases: [],
  });
  return (await finish(directory, journal, error)) as FailedRun;
}

/** A baseline that can't be read is said at once, and before the run itself is the latest. */
async function readBaseline({ baseline, results }: Job): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  const run = await readComparableRun(results, baseline).catch((error: Error) => {
    // That the baseline's kernel could not be judged says nothing about this one.
    throw error instanceof UntestableKernelError ? new UsageError(error.message) : error;
  });
  return baselineOf(run);
}

function plannedCase({ id, suite, title }: PlannedCase): PlannedCase {
  return { id, suite, title };
}
