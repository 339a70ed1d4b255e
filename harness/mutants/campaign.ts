// Guarded mutants on trial, one after the other, guests side by side.
import type { MappedBaseline } from "./baseline.ts";
import { casesReaching, inOrderOfPromise } from "./hit-map.ts";
import type { Standing } from "./plant.ts";
import { sideBySide } from "./side-by-side.ts";
import type { LimitedCase, StandOptions } from "./stand.ts";
import { type Trial, tryMutant } from "./trial.ts";

export interface CampaignPlan extends StandOptions {
  readonly cases: readonly LimitedCase[];
  /** How many guests run side by side. */
  readonly guests: number;
  readonly full: boolean;
}

export interface MutantTrial extends Trial {
  readonly standing: Standing;
  /** Ids of the cases that reach its guards, and of those where it makes a difference. */
  readonly reaching: readonly string[];
  readonly differing: readonly string[];
  readonly durationMs: number;
}

/** Tries guarded mutants; `onTrial` is told of each as it ends. */
export async function tryGuarded(
  plan: CampaignPlan,
  baseline: MappedBaseline,
  standings: readonly Standing[],
  onTrial: (trial: MutantTrial) => Promise<void>,
): Promise<void> {
  const { map } = baseline;
  const expected = (standing: Standing) => casesReaching(map, standing.number).differing.length;
  // The quick ones first: most of a campaign that is stopped early is on record.
  const queue = [...standings].sort((a, b) => expected(a) - expected(b));
  await sideBySide(plan, queue, async (stand, standing) => {
    const begin = performance.now();
    const { reaching, differing } = casesReaching(map, standing.number);
    const cases = casesOf(plan, inOrderOfPromise(map, differing));
    const options = { mutant: standing.number, cases, baseline, asleep: stand, full: plan.full };
    const trial = await tryMutant(stand, options);
    const durationMs = Math.round(performance.now() - begin);
    await onTrial({ standing, reaching, differing, durationMs, ...trial });
  });
}

export function casesOf({ cases }: CampaignPlan, ids: readonly string[]): LimitedCase[] {
  const byId = new Map(cases.map((one) => [one.description.id, one]));
  return ids.map((id) => byId.get(id) as LimitedCase);
}
