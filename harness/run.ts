// The main job, stage by stage: this file is the only one that knows them all.

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { type ConfirmationListener, confirmFailures } from "./confirm.ts";
import { InterruptedError, SupersededError, UntestableKernelError, UsageError } from "./errors.ts";
import { chooseAcceleration } from "./guest/acceleration.ts";
import { chooseBootWay } from "./guest/boot-way.ts";
import { usualCpus } from "./guest/machine.ts";
import { qemuVersion } from "./guest/qemu-version.ts";
import type { Image } from "./image/image.ts";
import { type Kselftest, prepareKselftests } from "./image/kselftest/prepare.ts";
import { suiteNameOf } from "./image/kselftest/spec.ts";
import { prepareImage } from "./image/prepare.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { prepareKernel } from "./kernel/prepare.ts";
import { createDecoder } from "./klog/decode.ts";
import type { Job } from "./plan/job.ts";
import { limitsOf, ownLimit } from "./plan/limits.ts";
import { selectCases, wantedResults } from "./plan/select-cases.ts";
import { takeShard } from "./plan/shard.ts";
import { clearLeftovers } from "./process/leftovers.ts";
import type { Progress } from "./process/progress.ts";
import { clearTemporaryDirectories } from "./process/temporary.ts";
import { readComparableRun } from "./record/comparable-run.ts";
import { deriveRun, doneTurns, nextGuest, turnName } from "./record/derive-run.ts";
import { type Journal, openJournal, readJournal } from "./record/journal.ts";
import type {
  JournalEvent,
  PlannedCase,
  RecordedMachine,
  RunEvent,
} from "./record/journal-event.ts";
import { judgedBefore } from "./record/judged-before.ts";
import { readRun } from "./record/read-run.ts";
import { createRunDirectory } from "./record/results.ts";
import type { Run } from "./record/run-schema.ts";
import { keepReports } from "./report/kept-reports.ts";
import { strayFindings } from "./report/unexpected.ts";
import type { Outcome } from "./session/outcome.ts";
import { runSession, type SessionListener, type Turn } from "./session/session.ts";
import { type AllowedFinding, readAllowLists, whyAllowed } from "./verdict/allow-list.ts";
import { type Baseline, baselineOf, judgeAgainst } from "./verdict/baseline.ts";
import { expectationFor } from "./verdict/expectation.ts";
import { judge } from "./verdict/judge.ts";
import { type KernelFacts, kernelFacts } from "./verdict/kernel-facts.ts";
import { remarkOn } from "./verdict/remark.ts";
import { type RunStatus, statusOf } from "./verdict/status.ts";
import { readSuiteFiles, type SuiteFiles } from "./verdict/suite-file.ts";
import type { Verdict } from "./verdict/verdict.ts";

/** Who watches a run. */
export interface RunView extends Progress {
  /** Called when a case begins, for who shows what is running. */
  began?(id: string, guest: number): void;
  /** Called for each verdict as it is recorded. */
  verdict(verdict: Verdict, position: { readonly done: number; readonly of: number }): void;
}

/** A recorded run and where it lies. */
export interface RecordedRun {
  readonly run: Run;
  readonly directory: string;
  /** Recorded before, and not judged again. */
  readonly reused?: boolean;
}

/** What an error ended is recorded as well; the error itself is for the command line. */
export interface FailedRun extends RecordedRun {
  readonly error: unknown;
}

interface Scene {
  readonly job: Job;
  readonly kernel: Kernel;
  readonly image: Image;
  readonly machine: RecordedMachine;
  readonly suites: SuiteFiles;
  readonly baseline: Baseline | undefined;
  readonly allow: readonly AllowedFinding[];
  readonly directory: string;
  readonly stop?: AbortSignal | undefined;
}

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
  const machine = await chooseMachine(job, kernel, image, view);
  const begin: RunEvent = {
    ...{ event: "run", schema: 1, id: "", time: started.toISOString(), job, kernel, machine },
    ...{ image: image.key, cases: cases.map(plannedCase), baseline, allow },
  };
  const before = reuse ? await judgedBefore(resolve(job.results), begin) : undefined;
  if (before) return { run: await readRun(before), directory: before, reused: true };
  const { id, directory } = await createRunDirectory(resolve(job.results), started, kernel);
  const journal = await openJournal(directory);
  await journal.append({ ...begin, id });
  const turns = inOrder(turnsOf(cases, job, machine), first);
  const scene = { job, kernel, image, machine, suites, baseline, allow, directory, stop };
  return carryOut(scene, turns, journal, view);
}

/**
 * Finishes an interrupted run: what is in its journal is not run again.
 *
 * @throws {UsageError} when the run is finished, or its kernel or its cases are no longer there
 */
export async function resumeRun(
  directory: string,
  view: RunView,
): Promise<RecordedRun | FailedRun> {
  const [begin, ...events] = await readJournal(directory);
  const { job, kernel, machine, baseline, allow = [] } = begin;
  if (!machine) throw new UsageError(`${begin.id} never came to its cases; start it again.`);
  const kselftests = await prepareKselftests(job, view);
  const image = await prepareImage(kernel, view, { kselftests, ownCases: job.ownCases });
  if (image.key !== begin.image) {
    throw new UsageError(`The cases have changed since ${begin.id} began; start a new run.`);
  }
  const done = doneTurns(events);
  const turns = turnsOf(chosenCases(image, job), job, machine).filter(
    ({ description, repetition }) => !done.has(turnName({ id: description.id, repetition })),
  );
  const run = deriveRun([begin, ...events]);
  if (turns.length === 0 && run.status !== "interrupted") {
    await keepReports(run, directory);
    throw new UsageError(`${begin.id} is finished: nothing is left to run.`);
  }
  await readFile(kernel.image).catch(() => {
    throw new UsageError(`The kernel of ${begin.id} is no longer there: ${kernel.image}.`);
  });
  await clearLeftovers(directory);
  await clearTemporaryDirectories();
  const journal = await openJournal(directory);
  await journal.append({ event: "resumed", time: now() });
  const suites = await readSuiteFiles(job.ownCases);
  const scene = { job, kernel, image, machine, suites, baseline, allow, directory };
  return carryOut(scene, turns, journal, view);
}

async function carryOut(
  scene: Scene,
  turns: readonly Turn[],
  journal: Journal,
  view: RunView,
): Promise<RecordedRun | FailedRun> {
  const { job, kernel, image, machine, allow, directory, stop } = scene;
  const { boot, accel, cpus, memory } = machine;
  const config = kernel.config && (await readFile(kernel.config, "utf8"));
  const { listener, confirming } = recorder(scene, config, turns.length, journal, view);
  const firstGuest = nextGuest(await readRun(directory));
  view.status(`booting ${kernel.release || kernel.source}`);
  let failure: unknown;
  try {
    const plan = {
      ...{ kernel, image, turns, directory, firstGuest, guests: job.guests, stop },
      ...{ machine: { boot, accel, cpus, memory }, limits: limitsOf(job, accel) },
      allows: (title: string, release: string) => whyAllowed(allow, title, release),
    };
    await runSession(plan, listener);
    const all = turnsOf(chosenCases(image, job), job, machine);
    await confirmFailures({ ...plan, turns: all }, job.confirm, confirming);
  } catch (error) {
    failure = error;
  }
  return finish(directory, journal, failure);
}

function recorder(
  { job, kernel, suites, machine, baseline }: Scene,
  config: string | undefined,
  of: number,
  journal: Journal,
  view: RunView,
): { listener: SessionListener; confirming: ConfirmationListener } {
  const factsOfGuest = new Map<number, KernelFacts>();
  const decoder = createDecoder(kernel.vmlinux);
  let done = 0;
  async function judged(outcome: Outcome): Promise<Verdict> {
    const facts = factsOfGuest.get(outcome.guest) ?? [...factsOfGuest.values()][0];
    const suite = suites.of(outcome.suite);
    const decoded = { ...outcome, findings: await decoder.decode(outcome.findings) };
    const plain = judge(decoded, expectationFor(outcome.id, facts, suite));
    return judgeAgainst(baseline, remarkOn(plain, facts, suite));
  }
  const listener: SessionListener = {
    async guestBegan({ number, identity, bootMs }) {
      factsOfGuest.set(number, kernelFacts(identity, config));
      view.status(`guest ${number} is up after ${(bootMs / 1000).toFixed(1)} s (${machine.boot})`);
      await journal.append({ event: "guest", time: now(), number, bootMs: Math.round(bootMs) });
    },
    async bootFailed(number, reason) {
      view.note(`guest ${number} did not come up: ${reason.split("\n")[0]}`);
      await journal.append({ event: "boot-failed", time: now(), number, reason });
    },
    async caseBegan({ description, repetition }, guest) {
      const { id } = description;
      view.began?.(id, guest);
      await journal.append({ event: "begin", time: now(), id, repetition, guest });
    },
    async outcome(outcome) {
      const verdict = await judged(outcome);
      await journal.append({ event: "verdict", time: now(), verdict });
      if (!outcome.resultOf) done++;
      view.verdict(verdict, { done, of });
    },
    async strayFinding(finding, guest) {
      const { title, allowed } = finding;
      const why = allowed === undefined ? "" : ` (allowed: ${allowed})`;
      view.note(`the kernel says outside of cases: ${title}${why}`);
      for (const one of await decoder.decode([finding])) {
        await journal.append({ event: "finding", time: now(), guest, finding: one });
      }
    },
  };
  const confirming: ConfirmationListener = {
    ...listener,
    roundBegan(round, cases) {
      const what = cases === 1 ? "a failure" : `${cases} failures`;
      view.status(`running ${what} again in a fresh guest, ${round} of ${job.confirm}`);
    },
    async caseBegan() {},
    async outcome(outcome) {
      const verdict = await judged(outcome);
      await journal.append({ event: "confirmation", time: now(), verdict });
    },
  };
  return { listener, confirming };
}

async function finish(
  directory: string,
  journal: Journal,
  failure: unknown,
): Promise<RecordedRun | FailedRun> {
  const sofar = await readRun(directory);
  const reason = failure instanceof Error ? failure.message : "";
  await journal.append({ event: "end", time: now(), status: endStatus(sofar, failure), reason });
  await journal.close();
  const run = await readRun(directory);
  await keepReports(run, directory);
  return failure === undefined ? { run, directory } : { run, directory, error: failure };
}

function endStatus(run: Run, failure: unknown): RunStatus {
  if (failure instanceof InterruptedError) return "interrupted";
  if (failure instanceof SupersededError) return "interrupted";
  if (failure instanceof UntestableKernelError) return "untestable";
  if (failure !== undefined) return "error";
  return statusOf(run.totals, strayFindings(run).length);
}

async function recordUntestable(
  job: Job,
  started: Date,
  error: UntestableKernelError,
): Promise<FailedRun> {
  const kernel: Kernel = {
    ...{ release: "", buildId: undefined, image: "", vmlinux: undefined, config: undefined },
    ...{ modules: undefined, buildLog: error.buildLog, source: job.kernel, key: "" },
    ...{ series: job.series, kconfig: job.kconfig, configHash: "" },
  };
  const { id, directory } = await createRunDirectory(resolve(job.results), started, kernel);
  const journal = await openJournal(directory);
  await journal.append({
    ...{ event: "run", schema: 1, id, time: started.toISOString(), job, kernel, machine: null },
    ...{ image: "", cases: [] },
  } satisfies JournalEvent);
  return (await finish(directory, journal, error)) as FailedRun;
}

async function chooseMachine(
  job: Job,
  kernel: Kernel,
  image: Image,
  view: RunView,
): Promise<RecordedMachine> {
  const { boot, reason } = await chooseBootWay(job.boot, kernel);
  view.note(`boot: ${boot} (${reason})`);
  view.status("looking for acceleration");
  const { accel, reason: why } = await chooseAcceleration(job.accel, kernel, image);
  view.note(`acceleration: ${accel} (${why})`);
  const cpus = job.cpus ?? usualCpus(accel);
  return { boot, accel, cpus, memory: job.memory, qemu: await qemuVersion() };
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

function chosenCases(image: Image, { cases: globs, suites, shard }: Job) {
  const names = suites.map(suiteNameOf);
  return takeShard(selectCases(image.cases, { globs, suites: names }), shard);
}

function turnsOf(
  cases: Image["cases"],
  job: Job,
  { accel }: Pick<RecordedMachine, "accel">,
): Turn[] {
  return Array.from({ length: job.repeat }, (_, repetition) =>
    cases.map((description) => ({
      ...{ description, repetition },
      limit: description.limit === undefined ? undefined : ownLimit(description.limit, job, accel),
      wants: wantedResults(description.id, job.cases),
    })),
  ).flat();
}

/** Some cases first, the others as they were. */
function inOrder(turns: readonly Turn[], first: ReadonlySet<string>): Turn[] {
  const rank = ({ description }: Turn) => (first.has(description.id) ? 0 : 1);
  return [...turns].sort((a, b) => rank(a) - rank(b));
}

function plannedCase({ id, suite, title }: PlannedCase): PlannedCase {
  return { id, suite, title };
}

function now(): string {
  return new Date().toISOString();
}
