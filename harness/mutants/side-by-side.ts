// Guests side by side, each with work of its own.
import { openStand, type Stand, type StandOptions } from "./stand.ts";

/** Each guest takes the next item as soon as it is free; all have ended before an error is thrown. */
export async function sideBySide<T>(
  plan: StandOptions & { readonly guests: number },
  items: readonly T[],
  work: (stand: Stand, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const serve = async () => {
    const stand = openStand(plan);
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
        await work(stand, item);
      }
    } catch (error) {
      waiting.length = 0;
      throw error;
    } finally {
      await stand.close();
    }
  };
  const guests = Math.max(1, Math.min(plan.guests, items.length));
  const ends = await Promise.allSettled(Array.from({ length: guests }, serve));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}
