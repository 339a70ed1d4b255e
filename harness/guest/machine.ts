// The shape of the machine that a guest runs on.

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
