// The lines of journal.ndjson: everything that happened, in order; the rest of a record follows from it.
import type { Kernel } from "../kernel/kernel.ts";
import type { Finding } from "../klog/finding.ts";
import type { Job } from "../plan/job.ts";
import type { AllowedFinding } from "../verdict/allow-list.ts";
import type { Baseline } from "../verdict/baseline.ts";
import type { RunStatus } from "../verdict/status.ts";
import type { Verdict } from "../verdict/verdict.ts";
import type { Run } from "./run-schema.ts";

export type RecordedMachine = NonNullable<Run["machine"]>;

/** A case that the run is about. */
export interface PlannedCase {
  readonly id: string;
  readonly suite: string;
  readonly title: string;
}

export type JournalEvent =
  | {
      readonly event: "run";
      readonly schema: 1;
      readonly id: string;
      readonly time: string;
      readonly job: Job;
      readonly kernel: Kernel;
      readonly machine: RecordedMachine | null;
      /** The image's key: a run is only resumed with the same cases. */
      readonly image: string;
      readonly cases: readonly PlannedCase[];
      /** Ids of the runs that this one was merged from. */
      readonly shards?: readonly string[] | undefined;
      /** What the run is judged against. */
      readonly baseline?: Baseline | undefined;
      /** Findings that fail nothing. */
      readonly allow?: readonly AllowedFinding[] | undefined;
    }
  | { readonly event: "resumed"; readonly time: string }
  | {
      readonly event: "guest";
      readonly time: string;
      readonly number: number;
      readonly bootMs: number;
    }
  | {
      readonly event: "boot-failed";
      readonly time: string;
      readonly number: number;
      readonly reason: string;
    }
  | {
      readonly event: "begin";
      readonly time: string;
      readonly id: string;
      readonly repetition: number;
      readonly guest: number;
    }
  | { readonly event: "verdict"; readonly time: string; readonly verdict: Verdict }
  /** A case that had failed was run again, in a fresh guest. */
  | { readonly event: "confirmation"; readonly time: string; readonly verdict: Verdict }
  | {
      readonly event: "finding";
      readonly time: string;
      readonly guest: number;
      readonly finding: Finding;
    }
  | {
      readonly event: "end";
      readonly time: string;
      readonly status: RunStatus;
      readonly reason: string;
    };

export type RunEvent = Extract<JournalEvent, { event: "run" }>;

/** How a run begins that has no directory yet, and so no name. */
export type UnnamedRun = Omit<RunEvent, "id">;
