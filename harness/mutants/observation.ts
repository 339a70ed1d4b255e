// What a case shows under a mutant, and whether that is anything else than without.
import type { CaseRun } from "../guest/guest.ts";
import type { CaseDescription } from "../image/case-list.ts";
import type { OutcomeKind } from "../session/outcome.ts";
import { outcomesOf } from "../session/turn-outcomes.ts";

export interface Observation {
  /** By the result's id: one of a case, many of a program that prints many. */
  readonly outcomes: ReadonlyMap<string, OutcomeKind>;
  /** Numbers of the mutants whose guards were reached, and whether they made a difference there. */
  readonly hits: ReadonlyMap<number, { readonly differs: boolean }>;
  readonly durationMs: number;
  /** The guest is gone. */
  readonly lost: boolean;
  /** Titles of what the kernel log said. */
  readonly splats: readonly string[];
  /** The first thing that went wrong, in words. */
  readonly reason: string;
}

/** What a run of a case comes to. Words, addresses and times don't count: only outcomes do. */
export function observe(description: CaseDescription, run: CaseRun): Observation {
  const outcomes = outcomesOf(description, run);
  return {
    outcomes: new Map(outcomes.map(({ id, outcome }) => [id, outcome])),
    hits: (run.kind === "ended" && run.mutant?.hits) || new Map(),
    durationMs: run.durationMs,
    lost: run.kind === "lost",
    splats: [...new Set(run.findings.map(({ title }) => title))],
    reason: outcomes.find(({ reason }) => reason !== "")?.reason ?? "",
  };
}

/** What is different: ids of results, in their order. */
export function differences(
  usual: Pick<Observation, "outcomes">,
  now: Pick<Observation, "outcomes">,
): string[] {
  const ids = new Set([...usual.outcomes.keys(), ...now.outcomes.keys()]);
  return [...ids].filter((id) => usual.outcomes.get(id) !== now.outcomes.get(id));
}

/** What the kernel log says now, and not usually. */
export function newSplats(
  usual: Pick<Observation, "splats">,
  now: Pick<Observation, "splats">,
): string[] {
  return now.splats.filter((title) => !usual.splats.includes(title));
}
