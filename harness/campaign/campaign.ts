// A campaign of mutants: plant, map, try, record. The loop around the one way of a job.
import { resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { chooseMachine } from "../guest/choose-machine.ts";
import { usualGuests } from "../guest/machine.ts";
import { prepareKselftests } from "../image/kselftest/prepare.ts";
import { prepareImage } from "../image/prepare.ts";
import { type MappedBaseline, makeBaseline } from "../mutants/asleep-baseline.ts";
import type { CampaignPlan } from "../mutants/campaign-plan.ts";
import { tryGuarded } from "../mutants/guarded-trial.ts";
import { loadMutants } from "../mutants/load.ts";
import type { Mutant } from "../mutants/mutant.ts";
import { type Planting, plantAll } from "../mutants/plant.ts";
import type { Job } from "../plan/job.ts";
import { limitsOf } from "../plan/limits.ts";
import type { Progress } from "../process/progress.ts";
import type { CampaignRecord, MutantRecord } from "../record/campaign-record.ts";
import { createReportDirectory } from "../record/results.ts";
import { campaignCases, columnsOf, kselftestJob } from "./campaign-cases.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { recordOf, settledBefore } from "./mutant-record.ts";
import { type PlantedMutant, tryRebuilt } from "./rebuilt.ts";

export interface MutationPlan {
  readonly job: Job;
  /** Where the mutants are; ours unless given. */
  readonly directory: string | undefined;
  /** Only these; all of them when there are none. */
  readonly only: readonly string[];
  readonly full: boolean;
  /** Each mutant in a kernel of its own. */
  readonly rebuild: boolean;
}

export interface MutationView extends Progress {
  decided(mutant: MutantRecord, position: { readonly done: number; readonly of: number }): void;
}

export interface RecordedCampaign {
  readonly record: CampaignRecord;
  readonly directory: string;
  /** What ended it before its time. */
  readonly error?: unknown;
}

/**
 * Runs a campaign and keeps it.
 *
 * @throws {UsageError} when a mutant, a case or a suite does not exist
 * @throws {UntestableKernelError} when the kernel does not build
 */
export async function runCampaign(
  wishes: MutationPlan,
  view: MutationView,
): Promise<RecordedCampaign> {
  const started = new Date();
  const { job } = wishes;
  const mutants = await loadMutants(wishes.directory);
  const wanted = chosenMutants(mutants, wishes.only);
  const { plan, plantings, id, buildMs } = await prepare(wishes, mutants, started, view);
  const columns = columnsOf(job);
  const keeper = createKeeper({ id, started, plan, mutants, columns }, (mutant, done) =>
    view.decided(mutant, { done, of: wanted.length }),
  );
  const begun = performance.now();
  let mapped = begun;
  const durations = () => ({
    build: buildMs,
    map: Math.round(mapped - begun),
    trials: Math.round(performance.now() - mapped),
  });
  const { directory } = plan;
  let baseline: MappedBaseline | undefined;
  const keep = (finished: Date | null) =>
    keeper.keep(finished, durations(), baseline?.distrusted ?? []);
  try {
    const open = await settle(pair(wanted, plantings), keeper, plan.full);
    if (open.length === 0) return { record: await keep(new Date()), directory };
    view.status(`mapping ${plan.cases.length} cases`);
    baseline = await makeBaseline(plan, job.cache, {
      mapped: (done) => view.status(`mapping: ${done} of ${plan.cases.length} cases`),
      distrusted: (id) =>
        view.note(`${id} is not as it was mapped, with no mutant awake: it is left out from here`),
    });
    mapped = performance.now();
    await tryAll(open, { wishes, plan, baseline, keeper, view });
    return { record: await keep(new Date()), directory };
  } catch (error) {
    // Whatever it was, what is decided by then is worth a report.
    return { record: await keep(null), directory, error };
  }
}

interface Prepared {
  readonly plan: CampaignPlan;
  readonly plantings: readonly Planting[];
  /** Of the campaign's record. */
  readonly id: string;
  readonly buildMs: number;
}

/** One kernel with all mutants, an image, and the machine to run it on. */
async function prepare(
  { job, full }: MutationPlan,
  mutants: readonly Mutant[],
  started: Date,
  view: MutationView,
): Promise<Prepared> {
  const { ownCases } = job;
  const kselftests = await prepareKselftests(kselftestJob(job), view);
  // A mistyped case is said at once, not after a build.
  campaignCases((await prepareImage(undefined, view, { kselftests, ownCases })).cases, job, 0);
  const begin = performance.now();
  const { kernel, plantings } = await plantAll(job, mutants, view);
  const buildMs = Math.round(performance.now() - begin);
  const image = await prepareImage(kernel, view, { kselftests, ownCases });
  const machine = await chooseMachine(job, kernel, image, view);
  const limits = limitsOf(job, machine.accel);
  const { id, directory } = await createReportDirectory(resolve(job.results), started, "mutants");
  const cases = campaignCases(image.cases, job, limits.case, machine.accel);
  let next = 0;
  const plan: CampaignPlan = {
    kernel,
    image,
    machine,
    limits,
    directory,
    full,
    cases,
    guests: job.guests ?? usualGuests(cases.length),
    nextGuest: () => next++,
    bootFailed: async (number, reason) =>
      view.note(`guest ${number} did not come up: ${reason.split("\n")[0]}`),
  };
  return { plan, plantings, id, buildMs };
}

function pair(mutants: readonly Mutant[], plantings: readonly Planting[]): PlantedMutant[] {
  const byId = new Map(plantings.map((planting) => [planting.id, planting]));
  return mutants.map((mutant) => ({ mutant, planting: byId.get(mutant.id) as Planting }));
}

/** Decides on those that need no run; @returns the others. */
async function settle(
  planted: readonly PlantedMutant[],
  keeper: Keeper,
  full: boolean,
): Promise<PlantedMutant[]> {
  const open: PlantedMutant[] = [];
  for (const one of planted) {
    const settled = settledBefore(one.mutant, one.planting, full);
    if (settled) await keeper.decide(settled, []);
    else open.push(one);
  }
  return open;
}

/** What all trials of a campaign have in common. */
interface CampaignScene {
  readonly wishes: MutationPlan;
  readonly plan: CampaignPlan;
  readonly baseline: MappedBaseline;
  readonly keeper: Keeper;
  readonly view: MutationView;
}

/** First all that share one kernel, then those that need one each. */
async function tryAll(
  open: readonly PlantedMutant[],
  { wishes, plan, baseline, keeper, view }: CampaignScene,
): Promise<void> {
  const { job, rebuild } = wishes;
  const isGuarded = ({ planting }: PlantedMutant) => !rebuild && planting.how === "guarded";
  const guarded = new Map(open.filter(isGuarded).map((one) => [one.planting, one.mutant]));
  await tryGuarded(plan, baseline, [...guarded.keys()], async (trial) => {
    const mutant = guarded.get(trial.planting) as Mutant;
    await keeper.decide(recordOf(mutant, trial, "guarded", columnsOf(job)), trial.notices);
  });
  for (const one of open.filter((each) => !isGuarded(each))) {
    const { record, notices } = await tryRebuilt(job, plan, one, baseline, view);
    await keeper.decide(record, notices);
  }
}

function chosenMutants(mutants: readonly Mutant[], only: readonly string[]): Mutant[] {
  for (const id of only) {
    if (!mutants.some((mutant) => mutant.id === id)) {
      throw new UsageError(`There is no mutant ${id}; npx uffdwp list mutants shows them.`);
    }
  }
  return mutants.filter(({ id }) => only.length === 0 || only.includes(id));
}
