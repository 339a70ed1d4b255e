// Which repetition of a case speaks for it wherever it is shown by one mark.
import { type Standing, standingOf } from "./change.ts";
import type { Repetition } from "./seen.ts";

/**
 * From good to bad. A lost one is worse than all that is as expected, unlike in a comparison, where it
 * says nothing: nobody may take it for a pass.
 */
const ORDER: readonly Standing[] = [
  "pass",
  "skip",
  "known",
  "lost",
  "unexpected-pass",
  "unexpected-skip",
  "fail",
  "timeout",
  "crash",
];

/** Of each case the worst repetition, of those that are as bad the first; in the order of the cases. */
export function worstById<R extends Repetition & { readonly id: string }>(
  cases: readonly R[],
): Map<string, R> {
  const worst = new Map<string, R>();
  for (const one of cases) {
    const before = worst.get(one.id);
    if (!before || badness(one) > badness(before)) worst.set(one.id, one);
  }
  return worst;
}

/** What a baseline has excused is shown so, and is no worse than that. */
function badness({ verdict, outcome }: Repetition): number {
  return ORDER.indexOf(standingOf({ verdict, outcome }));
}
