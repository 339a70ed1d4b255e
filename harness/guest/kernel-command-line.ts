// Parameters of the kernel that hold for both ways to boot.
import type { Machine } from "./machine.ts";

/**
 * Documentation/admin-guide/kernel-parameters.txt names them all.
 * Warnings reach the console from the first line; init opens it up to everything later.
 */
export function commandLine(machine: Machine): string[] {
  const parameters = ["loglevel=5", "random.trust_cpu=on", "cgroup_no_v1=all"];
  // Emulated clocks pass neither test, and both cost a tenth of a second.
  if (machine.accel === "tcg") parameters.push("tsc=reliable", "no_timer_check");
  return parameters;
}
