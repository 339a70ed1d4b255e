// The hit map: what every case shows with all mutants asleep, and which guards it reaches.
import { casePlace } from "../image/case-place.ts";
import type { Observation } from "./observation.ts";

export type CaseHits = Pick<Observation, "outcomes" | "splats" | "hits" | "durationMs">;

/** By the case's id. */
export type HitMap = ReadonlyMap<string, CaseHits>;

/** Ids of the cases that reach a mutant's guards, and of those where it makes a difference. */
export function casesReaching(map: HitMap, number: number) {
  const reaching = [...map].filter(([, { hits }]) => hits.has(number));
  const differing = reaching.filter(([, { hits }]) => hits.get(number)?.differs);
  return { reaching: reaching.map(([id]) => id), differing: differing.map(([id]) => id) };
}

/**
 * The order in which cases are most likely to notice early: those first that few mutants matter to,
 * of equals the quickest. But no operation has a second turn before each has had its first, as what
 * it does not notice with one mapping and form it rarely notices with others.
 */
export function inOrderOfPromise(map: HitMap, ids: readonly string[]): string[] {
  const breadth = (id: string) =>
    [...(map.get(id)?.hits.values() ?? [])].filter(({ differs }) => differs).length;
  const duration = (id: string) => map.get(id)?.durationMs ?? 0;
  const byPromise = [...ids].sort((a, b) => breadth(a) - breadth(b) || duration(a) - duration(b));
  const turns = new Map<string, number>();
  const inTurns = byPromise.map((id) => {
    const operation = casePlace(id)?.operation ?? id;
    const turn = turns.get(operation) ?? 0;
    turns.set(operation, turn + 1);
    return { id, turn };
  });
  return inTurns.sort((a, b) => a.turn - b.turn).map(({ id }) => id);
}
