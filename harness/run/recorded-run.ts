// What a run shows while it goes on, and what it leaves.
import type { Progress } from "../process/progress.ts";
import type { Run } from "../record/run-schema.ts";
import type { Verdict } from "../verdict/verdict.ts";

/** Who watches a run. */
export interface RunView extends Progress {
  /** Called when a case begins, for who shows what is running. */
  began?(id: string, guest: number): void;
  /** Called for each verdict as it is recorded. */
  verdict(verdict: Verdict, position: { readonly done: number; readonly of: number }): void;
}

/** A recorded run and where it lies. */
export interface RecordedRun {
  readonly run: Run;
  readonly directory: string;
  /** Recorded before, and not judged again. */
  readonly reused?: boolean;
}

/** What an error ended is recorded as well; the error itself is for the command line. */
export interface FailedRun extends RecordedRun {
  readonly error: unknown;
}
