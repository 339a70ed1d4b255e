// A guest for a person: a shell on the console, the cases beside it.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { HarnessError } from "../errors.ts";
import type { Image } from "../image/image.ts";
import { packInitramfs } from "../image/pack.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { withTemporaryDirectory } from "../process/temporary.ts";
import { mustRun } from "../process/tool.ts";
import type { Machine } from "./machine.ts";
import { shellCommandLine } from "./qemu-command.ts";
import { DEBUGGER } from "./qemu-options.ts";
import { virtmeShellCommand } from "./virtme-command.ts";

/** Debian's busybox-static puts it there; a dynamic one would need a libc inside. */
const BUSYBOX = "/bin/busybox";

export interface ShellOptions {
  /** Stops before the first instruction until a debugger says go on. */
  readonly gdb: boolean;
}

/**
 * Boots a guest on our own terminal and waits for its end: by plain QEMU with busybox beside our
 * init, or by virtme-ng with the host's userland, read-only.
 *
 * @throws {HarnessError} when busybox is not installed or the machine can't be started
 */
export async function runShellGuest(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  { gdb }: ShellOptions,
): Promise<void> {
  if (machine.boot === "virtme-ng") return onTerminal(virtmeShellCommand(kernel, machine, gdb));
  await withTemporaryDirectory(async (directory) => {
    const initramfs = join(directory, "initramfs.cpio");
    await packShell(image, directory, initramfs);
    await onTerminal(shellCommandLine(kernel, initramfs, machine, gdb));
  });
}

async function onTerminal(command: readonly string[]): Promise<void> {
  const args = ["--pdeathsig=KILL", "--", ...command];
  const result = await execa("setpriv", args, { stdio: "inherit", reject: false });
  if (result.exitCode !== 0) throw new HarnessError(`The guest ended: ${result.shortMessage}`);
}

/** What to type into another terminal. */
export function gdbAdvice({ vmlinux }: Kernel): string {
  return `gdb ${vmlinux ?? "VMLINUX"} -ex 'target remote ${DEBUGGER}'`;
}

/** The kernel unpacks archives that follow one another, the later over the earlier. */
async function packShell(image: Image, directory: string, archive: string): Promise<void> {
  if (!existsSync(BUSYBOX)) {
    throw new HarnessError(`${BUSYBOX} is not there: install the package busybox-static.`);
  }
  const bin = join(directory, "root", "bin");
  await mkdir(bin, { recursive: true });
  await copyFile(BUSYBOX, join(bin, "busybox"));
  const { stdout } = await mustRun(BUSYBOX, ["--list"]);
  // /bin/sh is init.
  const applets = stdout
    .split("\n")
    .filter((name) => name !== "" && name !== "sh" && name !== "busybox");
  await Promise.all(applets.map((name) => symlink("busybox", join(bin, name))));
  const shell = join(directory, "shell.cpio");
  await packInitramfs(join(directory, "root"), shell);
  await writeFile(archive, Buffer.concat([await readFile(image.initramfs), await readFile(shell)]));
}
