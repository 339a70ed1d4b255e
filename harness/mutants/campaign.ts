// A campaign: the hit map, then every mutant on trial, guests side by side.
import { hashOf } from "../process/content-hash.ts";
import {
  casesReaching,
  type HitMap,
  inOrderOfPromise,
  recallHitMap,
  rememberHitMap,
} from "./hit-map.ts";
import type { Observation } from "./observation.ts";
import type { Standing } from "./plant.ts";
import { type LimitedCase, openStand, type Stand, type StandOptions } from "./stand.ts";
import { type Trial, tryMutant } from "./trial.ts";

export interface CampaignPlan extends StandOptions {
  readonly cases: readonly LimitedCase[];
  /** How many guests run side by side. */
  readonly guests: number;
  readonly full: boolean;
}

export interface GuardedTrial extends Trial {
  readonly standing: Standing;
  /** Ids of the cases that reach its guards, and of those where it makes a difference. */
  readonly reaching: readonly string[];
  readonly differing: readonly string[];
  readonly durationMs: number;
}

/**
 * Runs every case once with all mutants asleep; a map of the same kernel, cases and machine is
 * used again.
 *
 * @param reuse false makes it anew
 */
export async function makeHitMap(
  plan: CampaignPlan,
  reuse: boolean,
  onCase: (done: number) => void,
): Promise<HitMap> {
  const { boot, accel, cpus, memory } = plan.machine;
  const ids = plan.cases.map(({ description, limitMs }) => `${description.id} ${limitMs}`);
  const key = hashOf(plan.kernel.key, plan.image.key, boot, accel, `${cpus} ${memory}`, ...ids);
  const known = reuse ? await recallHitMap(key) : undefined;
  if (known) return known;
  const seen = new Map<LimitedCase, Observation>();
  await sideBySide(plan, plan.cases, async (stand, one) => {
    seen.set(one, await stand.run(one, 0));
    onCase(seen.size);
  });
  // In the order of the cases, not of the guests.
  const map = new Map(
    plan.cases.map((one) => [one.description.id, seen.get(one) as Observation] as const),
  );
  await rememberHitMap(key, map);
  return map;
}

/** Tries guarded mutants; `onTrial` is told of each as it ends. */
export async function tryGuarded(
  plan: CampaignPlan,
  map: HitMap,
  standings: readonly Standing[],
  onTrial: (trial: GuardedTrial) => Promise<void>,
): Promise<void> {
  const byId = new Map(plan.cases.map((one) => [one.description.id, one]));
  const expected = (standing: Standing) => casesReaching(map, standing.number).differing.length;
  // The quick ones first: most of a campaign that is stopped early is on record.
  const queue = [...standings].sort((a, b) => expected(a) - expected(b));
  await sideBySide(plan, queue, async (stand, standing) => {
    const begin = performance.now();
    const { reaching, differing } = casesReaching(map, standing.number);
    const cases = inOrderOfPromise(map, differing).map((id) => byId.get(id) as LimitedCase);
    const options = { mutant: standing.number, cases, map, full: plan.full };
    const trial = await tryMutant(stand, options);
    const durationMs = Math.round(performance.now() - begin);
    await onTrial({ standing, reaching, differing, durationMs, ...trial });
  });
}

/**
 * Tries a mutant that is all of a kernel. What the map knows of its guards is used where it has
 * any; otherwise every case is run.
 */
export async function tryAlone(
  plan: CampaignPlan,
  map: HitMap,
  standing: Standing,
): Promise<Omit<GuardedTrial, "durationMs">> {
  const { reaching, differing } = casesReaching(map, standing.number);
  const known = standing.how === "guarded";
  const all = plan.cases.map(({ description }) => description.id);
  const byId = new Map(plan.cases.map((one) => [one.description.id, one]));
  const ids = known ? inOrderOfPromise(map, differing) : all;
  const cases = ids.map((id) => byId.get(id) as LimitedCase);
  const stand = openStand(plan);
  try {
    const trial = await tryMutant(stand, { mutant: undefined, cases, map, full: plan.full });
    return { standing, reaching, differing, ...trial };
  } finally {
    await stand.close();
  }
}

/** Each guest takes the next item as soon as it is free; all have ended before an error is thrown. */
async function sideBySide<T>(
  plan: CampaignPlan,
  items: readonly T[],
  work: (stand: Stand, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const serve = async () => {
    const stand = openStand(plan);
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        await work(stand, item);
      }
    } catch (error) {
      waiting.length = 0;
      throw error;
    } finally {
      await stand.close();
    }
  };
  const guests = Math.max(1, Math.min(plan.guests, items.length));
  const ends = await Promise.allSettled(Array.from({ length: guests }, serve));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
