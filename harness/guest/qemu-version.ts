// Which QEMU this is: part of every record.
import { mustRun } from "../process/tool.ts";
import { QEMU } from "./qemu-command.ts";

/**
 * The first line of `--version`.
 *
 * @throws {HarnessError} when QEMU is not installed
 */
export async function qemuVersion(): Promise<string> {
  const { stdout } = await mustRun(QEMU, ["--version"]);
  return stdout.split("\n")[0] ?? "";
}
