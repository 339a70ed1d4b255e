// Stands without guests: what a case shows is said by a function.
import { type MappedBaseline, mappedBaseline } from "../../harness/mutants/asleep-baseline.ts";
import type { CaseHits } from "../../harness/mutants/hit-map.ts";
import type { Observation } from "../../harness/mutants/observation.ts";
import type { LimitedCase, Stand } from "../../harness/mutants/stand.ts";
import type { OutcomeKind } from "../../harness/session/outcome.ts";

export function caseOf(id: string): LimitedCase {
  const description = { id, results: "one" } as unknown as LimitedCase["description"];
  return { description, column: "", limitMs: 30_000 };
}

/** @param hits as the kernel says them: "1! 2" */
export function mapped(id: string, outcome: OutcomeKind, hits = ""): [string, CaseHits] {
  const words = hits.split(" ").filter(Boolean);
  const reached = words.map(
    (word) => [Number.parseInt(word, 10), { differs: word.endsWith("!") }] as const,
  );
  const outcomes = new Map([[id, outcome]]);
  return [id, { outcomes, splats: [], hits: new Map(reached), durationMs: 1 }];
}

export function baseline(...rows: [string, CaseHits][]): MappedBaseline {
  return mappedBaseline(new Map(rows), async () => {});
}

export interface Shown {
  readonly outcome: OutcomeKind;
  readonly splats?: readonly string[];
  readonly lost?: boolean;
  readonly reason?: string;
}

export interface Turn {
  readonly id: string;
  readonly mutant: number | undefined;
  /** How often this case was run so far, and how many guests there have been. */
  readonly run: number;
  readonly guest: number;
}

export interface ScriptedStand extends Stand {
  /** What was run, as `id/mutant`. */
  readonly turns: readonly string[];
  /** How long each of them might have taken, and its guest been silent then, in milliseconds. */
  readonly limits: readonly (readonly [number, number | undefined])[];
}

export function scripted(show: (turn: Turn) => Shown | OutcomeKind): ScriptedStand {
  const turns: string[] = [];
  const limits: [number, number | undefined][] = [];
  let guest = 1;
  return {
    turns,
    limits,
    async run({ description: { id }, limitMs, graceMs }, mutant): Promise<Observation> {
      const run = turns.filter((turn) => turn.startsWith(`${id}/`)).length;
      limits.push([limitMs, graceMs]);
      turns.push(`${id}/${mutant ?? "alone"}`);
      const shown = show({ id, mutant, run, guest });
      const {
        outcome,
        splats = [],
        lost = false,
        reason = outcome === "pass" ? "" : `it says ${outcome}`,
      } = typeof shown === "string" ? { outcome: shown } : shown;
      if (lost || splats.length > 0) guest++;
      const outcomes = new Map([[id, outcome]]);
      return { outcomes, splats, lost, reason, hits: new Map(), durationMs: 1 };
    },
    async discard() {
      guest++;
    },
    async close() {},
  };
}
