// The record of a campaign: campaign.json, and a line in campaign.ndjson as each mutant is decided.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { spotSchema } from "../mutants/spot-schema.ts";
import { publishJson } from "../process/publish.ts";

const mutantSchema = z.object({
  id: z.string(),
  file: z.string(),
  function: z.string(),
  why: z.string(),
  status: z.enum(["killed", "survived", "equivalent", "not-applicable", "not-built", "unreadable"]),
  /** Cases that noticed: the first, or all of them in a full campaign. */
  by: z.array(z.string()),
  /** The same for each suite of several. */
  suite: z.record(z.string(), z.array(z.string())),
  durationMs: z.number(),
  /** What the first case said that noticed; or why there is nothing to notice, or nobody knows. */
  reason: z.string(),
  /** Guarded: in the one kernel with all others. Alone: in a kernel of its own. */
  how: z.enum(["guarded", "alone", "none"]),
  /** How many cases were run for it. */
  ran: z.number(),
  /** Cases that reach its spots, and those of them where it makes a difference there. */
  reaching: z.array(z.string()),
  differing: z.array(z.string()),
  spots: z.array(spotSchema),
  /** Where its trial shows that something of ours is wrong: a pruning, or a proof of equivalence. */
  contradictions: z.array(z.string()),
});

const campaignSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  started: z.string(),
  /** Null for one that was ended before its time. */
  finished: z.string().nullable(),
  kernel: z.object({ release: z.string(), buildId: z.string().optional(), source: z.string() }),
  /** The suites side by side; none for all cases together. */
  suites: z.array(z.string()),
  cases: z.number(),
  full: z.boolean(),
  /** Milliseconds: building, the hit map, all trials. */
  durations: z.object({ build: z.number(), map: z.number(), trials: z.number() }),
  mutants: z.array(mutantSchema),
  killed: z.number(),
  survived: z.number(),
  /** Killed of those that can be: from 0 to 1; null where none was tried. */
  score: z.number().nullable(),
  /** Cases left out: with no mutant awake they were not as the hit map had them. */
  distrusted: z.array(z.string()),
  /** Cases that noticed no mutant; known after a full campaign only. */
  idle: z.array(z.string()),
});

export type MutantRecord = z.infer<typeof mutantSchema>;
export type CampaignRecord = z.infer<typeof campaignSchema>;

/** Keeps what is decided, at once. */
export async function appendMutant(directory: string, mutant: MutantRecord): Promise<void> {
  const line = `${JSON.stringify({ event: "mutant", ...mutant })}\n`;
  await appendFile(join(directory, "campaign.ndjson"), line, { flush: true });
}

export function writeCampaignRecord(directory: string, record: CampaignRecord): Promise<void> {
  return publishJson(join(directory, "campaign.json"), record);
}

/** The three sums that a campaign comes to. */
export function scoreOf(mutants: readonly Pick<MutantRecord, "status">[]) {
  const killed = mutants.filter(({ status }) => status === "killed").length;
  const survived = mutants.filter(({ status }) => status === "survived").length;
  const tried = killed + survived;
  return { killed, survived, score: tried > 0 ? Math.round((killed / tried) * 1000) / 1000 : null };
}
