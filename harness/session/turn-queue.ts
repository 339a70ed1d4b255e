// The turns of a session that wait for a guest.
import type { CaseDescription } from "../image/case-list.ts";

/** One case to run, in one of its repetitions. */
export interface Turn {
  readonly description: CaseDescription;
  /** Milliseconds, for a case that has a limit of its own. */
  readonly limit?: number | undefined;
  /** Of a program of many results, those that are asked for; all of them unless given. */
  readonly wants?: ((id: string) => boolean) | undefined;
  /** From 0. */
  readonly repetition: number;
}

export interface TurnQueue {
  /** Whether a turn waits and may begin. */
  hasNext(): boolean;
  /** The next turn; undefined when none waits, or none may begin any more. */
  take(): Turn | undefined;
  /**
   * Lets a turn begin once more, first of all.
   *
   * @returns false, and does nothing, for one that was put back before
   */
  putBack(turn: Turn): boolean;
  /** Takes all turns that are left. */
  takeRest(): Turn[];
}

/** @param isOver whether no turn may begin any more */
export function createTurnQueue(turns: readonly Turn[], isOver: () => boolean): TurnQueue {
  const waiting = [...turns];
  const putBack = new Set<Turn>();
  const hasNext = () => waiting.length > 0 && !isOver();
  return {
    hasNext,
    take: () => (hasNext() ? waiting.shift() : undefined),
    putBack(turn) {
      if (putBack.has(turn)) return false;
      putBack.add(turn);
      waiting.unshift(turn);
      return true;
    },
    takeRest: () => waiting.splice(0),
  };
}
