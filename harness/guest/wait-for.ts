// Waiting for something from a guest, which may die, or say nothing for ever, or be given up by us.
import type { EventEmitter } from "node:events";
import { interruption } from "../process/interruption.ts";

/** Why it has not come. */
export interface Missing {
  readonly type: "missing";
  readonly how: "died" | "hung";
  readonly reason: string;
}

interface Sources {
  /** Emits `arrival` whenever it is worth looking again. */
  readonly arrivals: EventEmitter;
  /** Resolves, with how, when the guest is gone. */
  readonly died: Promise<string>;
  readonly limitMs: number;
}

/**
 * Waits until `look` finds something; what arrived together with the guest's end still counts.
 *
 * @throws {InterruptedError} when the harness is told to stop meanwhile
 */
export async function waitFor<T>(
  look: () => T | undefined,
  { arrivals, died, limitMs }: Sources,
): Promise<T | Missing> {
  const { signal } = interruption;
  signal.throwIfAborted();
  let release = () => {};
  const answer = new Promise<T | Missing>((resolve, reject) => {
    const lookAgain = () => {
      const found = look();
      if (found !== undefined) resolve(found);
    };
    const stop = () => reject(signal.reason);
    const give = (how: Missing["how"], reason: string) =>
      resolve(look() ?? { type: "missing", how, reason });
    const timer = setTimeout(() => give("hung", `silent for ${limitMs / 1000} s`), limitMs);
    died.then((reason) => give("died", reason));
    arrivals.on("arrival", lookAgain);
    signal.addEventListener("abort", stop);
    release = () => {
      clearTimeout(timer);
      arrivals.off("arrival", lookAgain);
      signal.removeEventListener("abort", stop);
    };
    lookAgain();
  });
  return answer.finally(() => release());
}
