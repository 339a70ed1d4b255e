// What a campaign compares with: the hit map, made or found, without what has proved wrong since.
import { hashOf } from "../process/content-hash.ts";
import type { CampaignPlan } from "./campaign-plan.ts";
import type { CaseHits, HitMap } from "./hit-map.ts";
import { recallHitMap, rememberHitMap } from "./kept-hit-map.ts";
import { sideBySide } from "./side-by-side.ts";
import type { AsleepBaseline } from "./trial.ts";

export interface MappedBaseline extends AsleepBaseline {
  /** Only of cases that are trusted. */
  readonly map: HitMap;
  /** Ids of the others. */
  readonly distrusted: readonly string[];
}

/**
 * Runs every case once with all mutants asleep; what is known of the same kernel, cases and machine
 * is used again.
 *
 * @param reuse false makes it anew
 */
export async function makeBaseline(
  plan: CampaignPlan,
  reuse: boolean,
  told: {
    readonly mapped: (done: number) => void;
    readonly distrusted: (id: string) => void;
  },
): Promise<MappedBaseline> {
  const { boot, accel, cpus, memory } = plan.machine;
  const ids = plan.cases.map(({ description, limitMs }) => `${description.id} ${limitMs}`);
  const key = hashOf(plan.kernel.key, plan.image.key, boot, accel, `${cpus} ${memory}`, ...ids);
  const known = reuse ? await recallHitMap(key) : new Map<string, CaseHits>();
  const seen = new Map(known);
  const missing = plan.cases.filter(({ description }) => !known.has(description.id));
  await sideBySide(plan, missing, async (stand, one) => {
    seen.set(one.description.id, await stand.run(one, 0));
    told.mapped(seen.size);
  });
  // In the order of the cases, not of the guests.
  const rows = plan.cases.map(({ description: { id } }) => [id, seen.get(id)] as const);
  const map = new Map(rows as [string, CaseHits][]);
  if (missing.length > 0) await rememberHitMap(key, map);
  return mappedBaseline(map, async (id) => {
    told.distrusted(id);
    await rememberHitMap(key, map);
  });
}

/** @param onGone told when a case is gone from the map */
export function mappedBaseline(
  map: Map<string, CaseHits>,
  onGone: (id: string) => Promise<void>,
): MappedBaseline {
  const distrusted: string[] = [];
  return {
    map,
    distrusted,
    usual: (id) => map.get(id),
    async distrust(id) {
      if (!map.delete(id)) return;
      distrusted.push(id);
      await onGone(id);
    },
  };
}
