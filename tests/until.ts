// What comes in its own time.
import { setTimeout as pause } from "node:timers/promises";

/** Resolves with what `look` finds; a minute is more than most of it takes. */
export async function until<T>(look: () => T | undefined | false, limitMs = 60_000): Promise<T> {
  for (const begun = performance.now(); performance.now() - begun < limitMs; await pause(10)) {
    const found = look();
    if (found) return found;
  }
  throw new Error("what the test waits for has not come");
}
