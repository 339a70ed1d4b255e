// run.json, as docs/record.md describes it; reports take nothing else.
import { z } from "zod";
import { OUTCOME_KINDS } from "../session/outcome.ts";
import { RUN_STATUSES, totalsSchema } from "../verdict/status.ts";
import { EXPECTED, VERDICT_KINDS } from "../verdict/verdict.ts";

const findingSchema = z.object({
  title: z.string(),
  kind: z.string(),
  /** The case that was running, and in which repetition; null outside of cases. */
  case: z.string().nullable(),
  repetition: z.int(),
  guest: z.int(),
  /** Below the run's directory. */
  file: z.string(),
  /** From 1. */
  line: z.int(),
  endLine: z.int(),
  corrupted: z.boolean(),
  /** How often the log had it in this case; the place is that of the first. */
  count: z.int().default(1),
  /** Why it fails nothing, where an allow list says so. */
  allowed: z.string().nullable().default(null),
  /** The report itself, without time stamps, cut to a readable length. */
  lines: z.array(z.string()),
});

const caseSchema = z.object({
  id: z.string(),
  suite: z.string(),
  /** What must hold, in one sentence. */
  title: z.string(),
  repetition: z.int(),
  outcome: z.enum(OUTCOME_KINDS),
  expected: z.enum(EXPECTED),
  verdict: z.enum(VERDICT_KINDS),
  /** What the verdict would be without the baseline that has excused it. */
  excused: z.enum(VERDICT_KINDS).optional(),
  /** Where the verdict is flaky, or excused as such: of how many runs how many failed, those to confirm it included. */
  flaky: z.object({ runs: z.int(), failed: z.int() }).nullable(),
  /** How often it has failed again, in fresh guests. */
  confirmed: z.int(),
  reason: z.string(),
  /** Why a skip or a failure is expected. */
  because: z.string(),
  /** ISO 8601, UTC; null for a case that never began. */
  started: z.string().nullable(),
  durationMs: z.number(),
  guest: z.int(),
  /** Titles; the findings themselves stand in the run's list. */
  findings: z.array(z.string()),
  /** What the case printed, where it is not as expected. */
  output: z.string(),
});

/** A patch of the series, and where it has written, in lines of the patched file. */
const patchSchema = z.object({
  subject: z.string(),
  sha256: z.string(),
  touches: z.array(z.object({ file: z.string(), from: z.int(), to: z.int() })),
});

const kernelSchema = z.object({
  release: z.string(),
  buildId: z.string().nullable(),
  source: z.string(),
  /** The commit below the series, where the source is a revision. */
  commit: z.string().nullable(),
  series: z.array(z.string()),
  patches: z.array(patchSchema),
  kconfig: z.array(z.string()),
  configHash: z.string(),
  /** What of it comes into memory, hashed; null where that is unknown. */
  content: z.string().nullable(),
});

const machineSchema = z.object({
  boot: z.enum(["virtme-ng", "qemu"]),
  accel: z.enum(["kvm", "tcg"]),
  cpus: z.int(),
  /** MiB */
  memory: z.int(),
  qemu: z.string(),
});

export const runSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  /** ISO 8601, UTC. */
  started: z.string(),
  finished: z.string().nullable(),
  status: z.enum(RUN_STATUSES),
  /** Why the run is untestable, in error or interrupted; "" otherwise. */
  reason: z.string(),
  /** What was asked for, as flags of `uffdwp run`. */
  request: z.array(z.string()),
  kernel: kernelSchema,
  /** Ids of the runs that this one was merged from; empty for a run of its own. */
  shards: z.array(z.string()),
  /** The run that this one was judged against. */
  baseline: z.object({ id: z.string(), findings: z.array(z.string()) }).nullable(),
  /** Null when no kernel came far enough to need one. */
  machine: machineSchema.nullable(),
  /** `up`: when it answered, ISO 8601, UTC. */
  guests: z.array(z.object({ number: z.int(), bootMs: z.number(), up: z.string() })),
  /** Guests that did not come up; after a silent one another is tried. */
  failedBoots: z.array(z.object({ number: z.int(), time: z.string(), reason: z.string() })),
  cases: z.array(caseSchema),
  findings: z.array(findingSchema),
  totals: totalsSchema,
});

export type Run = z.infer<typeof runSchema>;
export type RunCase = z.infer<typeof caseSchema>;
export type RunFinding = z.infer<typeof findingSchema>;
