// What a series check is asked for, and what it says: series.json and `--json`.
import type { Job } from "../plan/job.ts";
import type { CaseChange } from "../verdict/comparison.ts";
import type { Ground } from "./ground.ts";

export interface SeriesRequest extends Ground {
  readonly kind: "series";
  /** With the base as its kernel, and no series. */
  readonly job: Job;
  /** Subjects, in order; the patches themselves lie in the hunt's directory. */
  readonly subjects: readonly string[];
}

export interface PatchChange extends Pick<CaseChange, "case" | "from" | "to"> {
  readonly kind: "worse" | "better" | "changed" | "new" | "gone";
  readonly reason: string;
}

/** One patch on top of those before it. What it never came to is null. */
export interface SeriesStep {
  /** From 1; 0 is the base. */
  readonly index: number;
  readonly subject: string;
  readonly applies: boolean;
  /** Whether every option that was asked for has stuck. */
  readonly options: boolean | null;
  readonly builds: boolean | null;
  readonly boots: boolean | null;
  /** What comes into memory is the same as before the patch: the verdicts are as well. */
  readonly sameKernel: boolean;
  /** Against the last kernel before it that could be judged. */
  readonly changes: readonly PatchChange[];
  /** Titles of what the kernel log says outside of cases, and did not before. */
  readonly findings: readonly string[];
  /** Warnings of the compiler that no build before has given. */
  readonly warnings: readonly string[];
  /** Why it can't be judged; "" where it can. */
  readonly why: string;
  /** The run's id, a folder below the hunt's. */
  readonly run: string;
}

/** Whether a series should not go in with this patch as it is. */
export function isWorse({ boots, changes, findings }: SeriesStep): boolean {
  return !boots || findings.length > 0 || changes.some(({ kind }) => kind === "worse");
}

export interface SeriesRecord {
  readonly id: string;
  readonly base: string;
  readonly patches: readonly SeriesStep[];
  /** So many were not tried, because one before them does not apply. */
  readonly untried: number;
}
