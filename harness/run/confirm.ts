// Runs what has failed again, in fresh guests: does it fail every time?
import { BootFailure } from "../guest/boot.ts";
import { deriveRun, nextGuest } from "../record/derive-run.ts";
import { unconfirmed } from "../record/flakiness.ts";
import { readJournal } from "../record/journal.ts";
import type { JournalEvent, RunEvent } from "../record/journal-event.ts";
import { runSession, type SessionListener, type SessionPlan } from "../session/session.ts";
import type { Turn } from "../session/turn-queue.ts";

type RecordedJournal = readonly [RunEvent, ...JournalEvent[]];

/** Keeps what comes of it. */
export interface ConfirmationListener extends SessionListener {
  roundBegan(round: number, cases: number): void;
}

/** Up to so many cases have a guest each in a round; more of them share as many. */
const GUESTS = 10;
/** A round of cases that hang may not take longer, in milliseconds. */
const ROUND_MS = 5 * 60_000;

/**
 * Runs each regression of a record again, once a round, until it was run `times` times. A round that no guest comes up for says nothing, and ends it.
 *
 * @param plan the session's, with the turns of the whole run
 */
export async function confirmFailures(
  plan: SessionPlan,
  times: number,
  listener: ConfirmationListener,
): Promise<void> {
  for (let round = 1; round <= times; round++) {
    const journal = await readJournal(plan.directory);
    const turns = turnsAgain(failuresToConfirm(journal, round), plan.turns);
    if (turns.length === 0) continue;
    listener.roundBegan(round, turns.length);
    const turnsPerGuest = Math.ceil(turns.length / GUESTS);
    const firstGuest = nextGuest(deriveRun(journal));
    const limits = { ...plan.limits, run: Math.min(plan.limits.run, ROUND_MS) };
    try {
      await runSession({ ...plan, turns, turnsPerGuest, firstGuest, limits }, listener);
    } catch (error) {
      if (!(error instanceof BootFailure)) throw error;
      return;
    }
  }
}

/** Ids of the regressions that were run again less than `times` times. */
export function failuresToConfirm([begin, ...events]: RecordedJournal, times: number): string[] {
  // What is flaky in the baseline is held against it only when it was run again.
  const { cases } = deriveRun([{ ...begin, baseline: undefined }, ...events]);
  const again = events.flatMap((one) => (one.event === "confirmation" ? [one.verdict] : []));
  return unconfirmed(cases, again, times);
}

/** A program of many results is run for those that have failed. */
function turnsAgain(ids: readonly string[], turns: readonly Turn[]): Turn[] {
  const first = turns.filter(({ repetition }) => repetition === 0);
  return first.flatMap((turn) => {
    const { id, results } = turn.description;
    const own = ids.filter((one) => one === id || (results === "many" && one.startsWith(`${id}/`)));
    return own.length === 0 ? [] : [{ ...turn, wants: (one: string) => own.includes(one) }];
  });
}
