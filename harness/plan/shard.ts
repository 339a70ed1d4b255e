// A part of a job's cases, so that several machines share the work.
import { UsageError } from "../errors.ts";

/** `2/4`: the second of four. */
export const SHARD = /^[1-9]\d{0,3}\/[1-9]\d{0,3}$/;

/**
 * Every nth case in the order of the ids: which ones depends on the ids alone, sizes differ by one
 * at most, and families of slow cases, whose ids are alike, are spread over all shards.
 *
 * @throws {UsageError} when there is no such shard, or it has no case
 */
export function takeShard<T extends { readonly id: string }>(
  cases: readonly T[],
  shard: string | undefined,
): T[] {
  if (shard === undefined) return [...cases];
  const [index = 0, count = 0] = shard.split("/").map(Number);
  if (index > count) throw new UsageError(`--shard ${shard}: there are only ${count} shards.`);
  const ids = cases.map(({ id }) => id).sort();
  const mine = new Set(ids.filter((_, i) => i % count === index - 1));
  if (mine.size === 0) {
    throw new UsageError(`--shard ${shard} has no case: there are only ${cases.length}.`);
  }
  return cases.filter(({ id }) => mine.has(id));
}
