// The machine of a job's guests: what was asked for, and what works here where nothing was.
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Progress } from "../process/progress.ts";
import { chooseAcceleration } from "./acceleration.ts";
import { chooseBootWay } from "./boot-way.ts";
import { type Acceleration, type BootWay, type Machine, usualCpus } from "./machine.ts";

export interface WantedMachine {
  readonly boot: "auto" | BootWay;
  readonly accel: "auto" | Acceleration;
  /** Virtual processors; what suits the acceleration unless given. */
  readonly cpus?: number | undefined;
  /** MiB. */
  readonly memory: number;
}

/**
 * Chooses the machine, and notes why.
 *
 * @throws {UsageError} when what was asked for does not work here
 */
export async function chooseMachine(
  wanted: WantedMachine,
  kernel: Kernel,
  image: Image,
  progress: Progress,
): Promise<Machine> {
  const { boot, reason } = await chooseBootWay(wanted.boot, kernel);
  progress.note(`boot: ${boot} (${reason})`);
  progress.status("looking for acceleration");
  const { accel, reason: why } = await chooseAcceleration(wanted.accel, kernel, image);
  progress.note(`acceleration: ${accel} (${why})`);
  return { boot, accel, cpus: wanted.cpus ?? usualCpus(accel), memory: wanted.memory };
}
