// Which way to boot: virtme-ng where it works, plain QEMU elsewhere.

import { readFile } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { runTool } from "../process/tool.ts";
import type { BootWay } from "./machine.ts";

export interface BootChoice {
  readonly boot: BootWay;
  /** Why, in words fit for a line of output. */
  readonly reason: string;
}

/** Without these built in, virtme-ng can't mount a root over 9p before init. */
const NEEDED = ["CONFIG_9P_FS", "CONFIG_NET_9P_VIRTIO", "CONFIG_VIRTIO_PCI"];

/**
 * Chooses the way to boot a kernel.
 *
 * @throws {UsageError} when virtme-ng was asked for and can't boot this kernel here
 */
export async function chooseBootWay(asked: "auto" | BootWay, kernel: Kernel): Promise<BootChoice> {
  if (asked === "qemu") return { boot: "qemu", reason: "as asked" };
  const obstacle = (await virtmeObstacle()) ?? (await kernelObstacle(kernel));
  if (asked === "virtme-ng") {
    if (obstacle) throw new UsageError(`--boot virtme-ng does not work: ${obstacle}.`);
    return { boot: "virtme-ng", reason: "as asked" };
  }
  return obstacle
    ? { boot: "qemu", reason: obstacle }
    : { boot: "virtme-ng", reason: "it is installed and this kernel has what it needs" };
}

async function virtmeObstacle(): Promise<string | undefined> {
  const result = await runTool("vng", ["--version"]).catch(() => undefined);
  if (!result) return "virtme-ng is not installed (setup.sh installs it)";
  return result.failed ? `vng --version fails: ${result.message}` : undefined;
}

async function kernelObstacle({ config }: Kernel): Promise<string | undefined> {
  if (!config) return undefined;
  const lines = new Set((await readFile(config, "utf8")).split("\n"));
  const missing = NEEDED.filter((option) => !lines.has(`${option}=y`));
  return missing.length > 0 ? `the kernel has no ${missing.join(", ")} built in` : undefined;
}
