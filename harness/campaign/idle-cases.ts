// Cases that notice nothing: they may watch what no mutant breaks, or not look closely enough.
import type { LimitedCase } from "../mutants/stand.ts";

/**
 * @param noticing ids of cases, not of the results that a program of many prints
 * @param distrusted cases that were left out: nobody knows what they would have noticed
 */
export function idleCases(
  cases: readonly LimitedCase[],
  noticing: ReadonlySet<string>,
  distrusted: readonly string[],
): string[] {
  const ids = cases.map(({ description }) => description.id);
  return ids.filter((id) => !noticing.has(id) && !distrusted.includes(id));
}
