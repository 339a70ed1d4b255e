// The shape of the machine that a guest runs on.
import { availableParallelism } from "node:os";

export type BootWay = "virtme-ng" | "qemu";
export type Acceleration = "kvm" | "tcg";

export interface Machine {
  readonly boot: BootWay;
  readonly accel: Acceleration;
  /** Virtual processors. */
  readonly cpus: number;
  /** MiB, half of it on each of two nodes. */
  readonly memory: number;
}

/** So many cases are worth another guest's boot. */
const WORTH_A_GUEST = 100;

/** Guests side by side, where nobody says how many: a processor each, and memory for two. */
export function usualGuests(cases: number): number {
  return Math.max(1, Math.min(2, availableParallelism(), Math.floor(cases / WORTH_A_GUEST)));
}

/** Emulated processors wait for each other at every step: one is twice as fast as two. */
export function usualCpus(accel: Acceleration): number {
  return accel === "tcg" ? 1 : Math.min(2, availableParallelism());
}
