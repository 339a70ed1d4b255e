// Guarded mutants on trial, one after the other, guests side by side.
import type { MappedBaseline } from "./asleep-baseline.ts";
import { type CampaignPlan, casesOf } from "./campaign-plan.ts";
import { casesReaching, inOrderOfPromise } from "./hit-map.ts";
import type { Planting } from "./plant.ts";
import { sideBySide } from "./side-by-side.ts";
import { type Trial, tryMutant } from "./trial.ts";

export interface MutantTrial extends Trial {
  readonly planting: Planting;
  /** Ids of the cases that reach its guards, and of those where it makes a difference. */
  readonly reaching: readonly string[];
  readonly differing: readonly string[];
  readonly durationMs: number;
}

/** Tries guarded mutants; `onTrial` is told of each as it ends. */
export async function tryGuarded(
  plan: CampaignPlan,
  baseline: MappedBaseline,
  plantings: readonly Planting[],
  onTrial: (trial: MutantTrial) => Promise<void>,
): Promise<void> {
  const { map } = baseline;
  const expected = (planting: Planting) => casesReaching(map, planting.number).differing.length;
  // The quick ones first: most of a campaign that is stopped early is on record.
  const queue = [...plantings].sort((a, b) => expected(a) - expected(b));
  await sideBySide(plan, queue, async (stand, planting) => {
    const begin = performance.now();
    const { reaching, differing } = casesReaching(map, planting.number);
    const cases = casesOf(plan, inOrderOfPromise(map, differing));
    const options = { mutant: planting.number, cases, baseline, asleep: stand, full: plan.full };
    const trial = await tryMutant(stand, options);
    const durationMs = Math.round(performance.now() - begin);
    await onTrial({ planting, reaching, differing, durationMs, ...trial });
  });
}
