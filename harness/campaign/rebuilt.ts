// A mutant in a kernel of its own: built, tried, and compared with what the kernel of all says.
import { UntestableKernelError } from "../errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { plantAlone } from "../mutants/alone.ts";
import { tryAlone } from "../mutants/alone-trial.ts";
import type { MappedBaseline } from "../mutants/asleep-baseline.ts";
import type { CampaignPlan } from "../mutants/campaign-plan.ts";
import type { Mutant } from "../mutants/mutant.ts";
import type { Planting } from "../mutants/plant.ts";
import { openStand } from "../mutants/stand.ts";
import type { Notice } from "../mutants/trial.ts";
import type { Job } from "../plan/job.ts";
import type { Progress } from "../process/progress.ts";
import type { MutantRecord } from "../record/campaign-record.ts";
import { columnsOf } from "./campaign-cases.ts";
import { recordOfAlone, recordOfUnbuilt } from "./mutant-record.ts";

/** A mutant and where it was planted. */
export interface PlantedMutant {
  readonly mutant: Mutant;
  readonly planting: Planting;
}

export async function tryRebuilt(
  job: Job,
  plan: CampaignPlan,
  { mutant, planting }: PlantedMutant,
  baseline: MappedBaseline,
  view: Progress,
): Promise<{ record: MutantRecord; notices: readonly Notice[] }> {
  const begin = performance.now();
  const spent = () => Math.round(performance.now() - begin);
  view.status(`building a kernel with ${mutant.id} alone`);
  let kernel: Kernel;
  try {
    kernel = await plantAlone(job, mutant, view);
  } catch (error) {
    if (!(error instanceof UntestableKernelError)) throw error;
    const unbuilt = { reason: error.message, durationMs: spent() };
    return { record: recordOfUnbuilt(mutant, planting, unbuilt), notices: [] };
  }
  const stands = { alone: openStand({ ...plan, kernel }), asleep: openStand(plan) };
  try {
    const trial = await tryAlone(plan, stands, baseline, planting);
    const timed = { ...trial, durationMs: spent() };
    return { record: recordOfAlone(mutant, timed, columnsOf(job)), notices: trial.notices };
  } finally {
    await Promise.all([stands.alone.close(), stands.asleep.close()]);
  }
}
