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

/** How much longer than on the machine that its limit was made for a program may take. */
const SLOWNESS = { kvm: 1, tcg: 4 } as const;

/**
 * What a program with a limit of its own gets, in milliseconds: that limit, scaled; for none, as
 * long as the run. What a person asked for counts more.
 */
export function ownLimit(seconds: number, job: Job, accel: "kvm" | "tcg"): number {
  const limits = limitsOf(job, accel);
  if (job.timeouts.case !== undefined) return limits.case;
  return seconds === 0 ? limits.run : Math.min(seconds * SLOWNESS[accel] * 1000, limits.run);
}

/** The limits of a job, in milliseconds. */
export function limitsOf(job: Job, accel: "kvm" | "tcg"): Limits {
  const usual = SECONDS[accel];
  const { boot = usual.boot, case: one = usual.case, run = usual.run } = job.timeouts;
  return { boot: boot * 1000, case: one * 1000, run: run * 1000 };
}
