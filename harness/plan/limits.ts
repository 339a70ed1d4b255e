// Time limits, scaled to how fast a guest runs.
import type { Job } from "./job.ts";

/** Milliseconds. */
export interface Limits {
  readonly boot: number;
  readonly case: number;
  readonly run: number;
}

/** Seconds. Emulation runs a debugging kernel some ten times slower than a processor does. */
const SECONDS = {
  kvm: { boot: 30, case: 10, run: 3600 },
  tcg: { boot: 120, case: 30, run: 7200 },
} as const;

/** The limits of a job, in milliseconds. */
export function limitsOf(job: Job, accel: "kvm" | "tcg"): Limits {
  const usual = SECONDS[accel];
  const { boot = usual.boot, case: one = usual.case, run = usual.run } = job.timeouts;
  return { boot: boot * 1000, case: one * 1000, run: run * 1000 };
}
