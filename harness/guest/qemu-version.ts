// Which QEMU this is: part of every record.
import { mustRun } from "../process/tool.ts";
import { QEMU } from "./qemu-command.ts";

/** Milliseconds; far more than it takes on the busiest machine. */
const LIMIT_MS = 60_000;

/**
 * The first line of `--version`.
 *
 * @throws {HarnessError} when QEMU is not installed, or does not answer
 */
export async function qemuVersion(): Promise<string> {
  const { stdout } = await mustRun(QEMU, ["--version"], { timeout: LIMIT_MS });
  return stdout.split("\n")[0] ?? "";
}
