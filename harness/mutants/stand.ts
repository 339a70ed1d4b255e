// Where cases are run under mutants: one guest at a time, kept while it is as good as fresh.
import { bootGuestPatiently, type PatientBootOptions } from "../guest/boot.ts";
import type { CaseCommand, Guest, GuestRun } from "../guest/guest.ts";
import type { Machine } from "../guest/machine.ts";
import type { CaseDescription } from "../image/case-list.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Limits } from "../plan/limits.ts";
import { type Observation, observe } from "./observation.ts";

/** A case and how long it may take, and its guest may stay silent after that, in milliseconds. */
export interface LimitedCase {
  readonly description: CaseDescription;
  /** What it is counted for: a suite among several, or everything at once. */
  readonly column: string;
  readonly limitMs: number;
  readonly graceMs?: number | undefined;
}

export interface StandOptions {
  readonly kernel: Kernel;
  readonly image: Image;
  readonly machine: Machine;
  readonly limits: Limits;
  /** guest-N/ directories are made in here. */
  readonly directory: string;
  /** The next guest's number; guests side by side share none. */
  readonly nextGuest: () => number;
  /** Told of each boot that failed, before another is tried. */
  readonly bootFailed: PatientBootOptions["bootFailed"];
}

export interface Stand {
  /**
   * Runs a case while a mutant is active: 0 for none, undefined where the kernel has no knob.
   *
   * @throws {BootFailure} when no guest comes up
   */
  run(one: LimitedCase, mutant: number | undefined): Promise<Observation>;
  /** The next case gets a fresh guest. */
  discard(): Promise<void>;
  close(): Promise<void>;
}

/** Boots nothing until the first case. */
export function openStand(options: StandOptions): Stand {
  const { kernel, image, machine, limits } = options;
  let guest: Guest | undefined;
  let seq = 0;

  async function discard(): Promise<void> {
    const old = guest;
    guest = undefined;
    await old?.close();
  }

  async function ready(): Promise<Guest> {
    if (guest) return guest;
    seq = 0;
    guest = await bootGuestPatiently(kernel, image, machine, { ...options, limitMs: limits.boot });
    return guest;
  }

  async function runIn(current: Guest, command: Omit<CaseCommand, "seq">): Promise<GuestRun> {
    const run = await current.run({ seq: ++seq, ...command });
    // A kernel that has warned says less than before.
    if (!run.usable || run.findings.length + run.stray.length > 0) await discard();
    return run;
  }

  return {
    async run({ description, limitMs, graceMs }, mutant) {
      const { program, args, results } = description;
      const awake = mutant !== undefined && { mutant };
      const command = { program, args, limitMs, graceMs, ...awake };
      let run = await runIn(await ready(), command);
      // A guest that was lost before it had begun says nothing about the case.
      if (!run.began) run = await runIn(await ready(), command);
      // Others' programs leave what they like.
      if (results === "many") await discard();
      return observe(description, run);
    },
    discard,
    close: discard,
  };
}
