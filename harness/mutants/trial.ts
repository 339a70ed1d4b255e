// One mutant on trial: which of its cases notice it, beyond doubt.
import type { HitMap } from "./hit-map.ts";
import { differences, type Observation } from "./observation.ts";
import type { LimitedCase, Stand } from "./stand.ts";

/** One result that was different, and how it showed. */
export interface Notice {
  /** The case, or the result of a program of many. */
  readonly id: string;
  readonly column: string;
  readonly outcome: string;
  readonly reason: string;
}

export interface Trial {
  readonly notices: readonly Notice[];
  /** How many cases were run for it. */
  readonly ran: number;
}

interface TrialOptions {
  /** Undefined where the mutant is all the kernel is. */
  readonly mutant: number | undefined;
  readonly cases: readonly LimitedCase[];
  readonly map: HitMap;
  /** Goes on after the first case of each column that notices. */
  readonly full: boolean;
}

/** Runs cases under a mutant until one of each column notices, or all of them. */
export async function tryMutant(
  stand: Stand,
  { mutant, cases, map, full }: TrialOptions,
): Promise<Trial> {
  const notices: Notice[] = [];
  let ran = 0;
  for (const one of cases) {
    const { column } = one;
    if (!full && notices.some((notice) => notice.column === column)) continue;
    const usual = map.get(one.description.id);
    if (!usual) continue;
    ran++;
    const first = await stand.run(one, mutant);
    if (differences(usual, first).length === 0) continue;
    const sure = await confirm(stand, one, mutant, { usual, first });
    if (!sure) continue;
    for (const result of differences(usual, sure)) {
      const outcome = sure.outcomes.get(result) ?? "missing";
      notices.push({ id: result, column, outcome, reason: sure.splat ?? sure.reason });
    }
  }
  return { notices, ran };
}

/**
 * Whether the case notices, and not what an earlier one has left behind or chance: asleep, the
 * mutant must not matter, and awake it must matter again.
 *
 * @returns what counts, or undefined when nothing does
 */
async function confirm(
  stand: Stand,
  one: LimitedCase,
  mutant: number | undefined,
  { usual, first }: { usual: Pick<Observation, "outcomes">; first: Observation },
): Promise<Observation | undefined> {
  if (first.splat !== undefined) return first;
  if (mutant === undefined) await stand.discard();
  else if (!first.lost) {
    const asleep = await stand.run(one, 0);
    if (differences(usual, asleep).length > 0) await stand.discard();
  }
  const again = await stand.run(one, mutant);
  if (differences(usual, again).length === 0) return undefined;
  if (mutant !== undefined && !again.lost) {
    const after = await stand.run(one, 0);
    if (differences(usual, after).length > 0) await stand.discard();
  }
  return again;
}
