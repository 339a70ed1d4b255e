// From how a turn ended to its outcomes: one of a case, many of a program that prints many results.
import type { CaseRun } from "../guest/guest.ts";
import type { CaseDescription } from "../image/case-list.ts";
import { outcomeOf } from "./case-outcome.ts";
import type { Outcome } from "./outcome.ts";
import { resultsOf } from "./program-outcome.ts";

type TurnOutcome = Omit<Outcome, "suite" | "repetition" | "guest">;

/** The outcomes of a turn; the last one bears the turn's own id, and means that it is done. */
export function outcomesOf({ id, results }: CaseDescription, run: CaseRun): TurnOutcome[] {
  if (results === "many") return resultsOf(id, run);
  return [{ id, durationMs: run.durationMs, ...outcomeOf(id, run) }];
}
