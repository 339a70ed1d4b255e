// The hit map in the store: of the same kernel, cases and machine it is made once.
import { mkdir } from "node:fs/promises";
import { z } from "zod";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import { readStored } from "../process/stored-json.ts";
import type { OutcomeKind } from "../session/outcome.ts";
import type { CaseHits, HitMap } from "./hit-map.ts";

const keptSchema = z.array(
  z.object({
    id: z.string(),
    outcomes: z.array(z.tuple([z.string(), z.string()])),
    splats: z.array(z.string()),
    reached: z.array(z.number()),
    differs: z.array(z.number()),
    durationMs: z.number(),
  }),
);

/** What is known; cases may be missing. */
export async function recallHitMap(key: string): Promise<HitMap> {
  const rows = (await readStored(fileOf(key), keptSchema)) ?? [];
  return new Map(
    rows.map(({ id, outcomes, splats, reached, differs, durationMs }) => {
      const made = new Set(differs);
      const hits = new Map(reached.map((number) => [number, { differs: made.has(number) }]));
      const kinds = new Map(outcomes as [string, OutcomeKind][]);
      return [id, { outcomes: kinds, splats, hits, durationMs } satisfies CaseHits];
    }),
  );
}

export async function rememberHitMap(key: string, map: HitMap): Promise<void> {
  const rows = [...map].map(([id, { outcomes, splats, hits, durationMs }]) => ({
    id,
    durationMs,
    outcomes: [...outcomes],
    splats,
    reached: [...hits.keys()],
    differs: [...hits].filter(([, { differs }]) => differs).map(([number]) => number),
  }));
  await mkdir(cacheDirectory("store", "hit-maps"), { recursive: true });
  await publishFile(fileOf(key), JSON.stringify(rows));
}

function fileOf(key: string): string {
  return cacheDirectory("store", "hit-maps", `${key}.json`);
}
