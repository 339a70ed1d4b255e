// The verdicts of a journal that count: a program that was run again has printed its results twice.
import type { Verdict } from "../verdict/verdict.ts";
import type { JournalEvent } from "./journal-event.ts";

/**
 * One verdict a turn. The results of a program of many that was run again are those of the attempt
 * that its own verdict is of, or that was begun last: another may have printed more, or others.
 */
export function lastVerdicts(events: readonly JournalEvent[]): Verdict[] {
  const byTurn = new Map<string, Verdict>();
  const attempts = new Map<string, number>();
  for (const one of events) {
    if (one.event === "begin") attempts.set(turnName(one), one.guest);
    if (one.event !== "verdict") continue;
    const turn = turnName(one.verdict);
    byTurn.set(turn, one.verdict);
    if (!one.verdict.resultOf) attempts.set(turn, one.verdict.guest);
  }
  return [...byTurn.values()].filter(({ resultOf, repetition, guest }) => {
    if (!resultOf) return true;
    return (attempts.get(turnName({ id: resultOf.program, repetition })) ?? guest) === guest;
  });
}

/** Names a turn: a case in one of its repetitions. */
export function turnName({ id, repetition }: { id: string; repetition: number }): string {
  return `${id} ${repetition}`;
}
