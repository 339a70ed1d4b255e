// A case that has ended by itself, as a guest tells of it.
import type { EndedRun } from "../../harness/session/case-outcome.ts";

/** It has printed `output`, and exits with 0 unless `changes` say otherwise. */
export function endedRun(output: string, changes: Partial<EndedRun> = {}): EndedRun {
  return {
    kind: "ended",
    exitCode: 0,
    signal: undefined,
    timedOut: false,
    durationMs: 5,
    output,
    findings: [],
    ...changes,
  };
}
