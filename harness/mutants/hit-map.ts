// The hit map: what every case shows with all mutants asleep, and which guards it reaches.
import { mkdir, readFile } from "node:fs/promises";
import { z } from "zod";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import type { OutcomeKind } from "../session/outcome.ts";
import type { Observation } from "./observation.ts";

type CaseHits = Pick<Observation, "outcomes" | "hits" | "durationMs">;

/** By the case's id. */
export type HitMap = ReadonlyMap<string, CaseHits>;

const keptSchema = z.array(
  z.object({
    id: z.string(),
    outcomes: z.array(z.tuple([z.string(), z.string()])),
    reached: z.array(z.number()),
    differs: z.array(z.number()),
    durationMs: z.number(),
  }),
);

/** The map of the same kernel, cases and machine, if one was made before. */
export async function recallHitMap(key: string): Promise<HitMap | undefined> {
  const text = await readFile(fileOf(key), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const rows = keptSchema.safeParse(JSON.parse(text));
  if (!rows.success) return undefined;
  return new Map(
    rows.data.map(({ id, outcomes, reached, differs, durationMs }) => {
      const made = new Set(differs);
      const hits = new Map(reached.map((number) => [number, { differs: made.has(number) }]));
      return [id, { outcomes: new Map(outcomes as [string, OutcomeKind][]), hits, durationMs }];
    }),
  );
}

export async function rememberHitMap(key: string, map: HitMap): Promise<void> {
  const rows = [...map].map(([id, { outcomes, hits, durationMs }]) => ({
    ...{ id, durationMs, outcomes: [...outcomes], reached: [...hits.keys()] },
    differs: [...hits].filter(([, { differs }]) => differs).map(([number]) => number),
  }));
  await mkdir(cacheDirectory("store", "hit-maps"), { recursive: true });
  await publishFile(fileOf(key), JSON.stringify(rows));
}

/** Ids of the cases that reach a mutant's guards, and of those where it makes a difference. */
export function casesReaching(map: HitMap, number: number) {
  const reaching = [...map].filter(([, { hits }]) => hits.has(number));
  const differing = reaching.filter(([, { hits }]) => hits.get(number)?.differs);
  return { reaching: reaching.map(([id]) => id), differing: differing.map(([id]) => id) };
}

/**
 * The order in which cases are most likely to notice early: those first that few mutants matter to,
 * of equals the quickest.
 */
export function inOrderOfPromise(map: HitMap, ids: readonly string[]): string[] {
  const breadth = (id: string) =>
    [...(map.get(id)?.hits.values() ?? [])].filter(({ differs }) => differs).length;
  const duration = (id: string) => map.get(id)?.durationMs ?? 0;
  return [...ids].sort((a, b) => breadth(a) - breadth(b) || duration(a) - duration(b));
}

function fileOf(key: string): string {
  return cacheDirectory("store", "hit-maps", `${key}.json`);
}
