// A mutant that is all of a kernel on trial; where it is guarded in another, that one is checked by it.
import { BootFailure } from "../guest/boot.ts";
import { hashOf } from "../process/content-hash.ts";
import type { MappedBaseline } from "./asleep-baseline.ts";
import { type CampaignPlan, casesOf } from "./campaign-plan.ts";
import type { MutantTrial } from "./guarded-trial.ts";
import { casesReaching, inOrderOfPromise } from "./hit-map.ts";
import type { Planting } from "./plant.ts";
import type { Stand } from "./stand.ts";
import { type Trial, tryMutant } from "./trial.ts";

/** How many of the cases that don't reach a mutant's guards are run all the same. */
const SAMPLE = 20;

export interface AloneTrial extends Omit<MutantTrial, "durationMs"> {
  /** Cases that notice it, although the map says that they can't. */
  readonly mispruned: readonly string[];
  /** Why no guest comes up with it. */
  readonly bootFailure: string | undefined;
}

export interface Stands {
  /** Whose kernel has the mutant and nothing else. */
  readonly alone: Stand;
  /** Whose kernel has all of them, asleep. */
  readonly asleep: Stand;
}

/**
 * Tries a mutant that is all of its kernel.
 *
 * First come the cases that can notice by the map, then those that reach it; and some of those that
 * don't, always the same.
 */
export async function tryAlone(
  plan: CampaignPlan,
  { alone, asleep }: Stands,
  baseline: MappedBaseline,
  planting: Planting,
): Promise<AloneTrial> {
  const { map } = baseline;
  const { reaching, differing } = casesReaching(map, planting.number);
  const isMapped = planting.how === "guarded";
  const blind = reaching.filter((id) => !differing.includes(id));
  const likely = [...inOrderOfPromise(map, differing), ...inOrderOfPromise(map, blind)];
  const all = plan.cases.map(({ description }) => description.id);
  const others = all.filter((id) => !reaching.includes(id));

  const run = (ids: readonly string[], full: boolean) =>
    tryMutant(alone, {
      mutant: undefined,
      cases: casesOf(plan, ids),
      baseline,
      asleep,
      full,
    });
  const none: Trial = { notices: [], ran: 0 };
  try {
    const trial = await run(isMapped ? likely : all, plan.full);
    const checked = isMapped ? await run(sampleOf(others, planting.id), true) : none;
    const notices = [...trial.notices, ...checked.notices];
    const pruned = notices.filter((notice) => isMapped && !differing.includes(notice.case));
    const mispruned = [...new Set(pruned.map((notice) => notice.case))];
    const ran = trial.ran + checked.ran;
    return { planting, reaching, differing, notices, ran, mispruned, bootFailure: undefined };
  } catch (error) {
    if (!(error instanceof BootFailure)) throw error;
    // Where the other kernel does not come up either, it is the machine.
    const [one] = plan.cases;
    if (one) await asleep.run(one, 0);
    const bootFailure = error.message;
    return { planting, reaching, differing, ...none, mispruned: [], bootFailure };
  }
}

/** As good as chosen by chance, and the same ones each time. */
function sampleOf(ids: readonly string[], seed: string): string[] {
  const rank = new Map(ids.map((id) => [id, hashOf(seed, id)]));
  const byRank = (a: string, b: string) => ((rank.get(a) ?? "") < (rank.get(b) ?? "") ? -1 : 1);
  return [...ids].sort(byRank).slice(0, SAMPLE);
}
