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

/** Debian's busybox-static puts it there; a dynamic one would need a libc inside. */
const BUSYBOX = "/bin/busybox";
/** QEMU's own default for `-s`. */
const GDB_PORT = 1234;

/**
 * Boots a guest on our own terminal and waits for its end.
 *
 * @param gdb stops before the first instruction until a debugger says go on
 * @throws {HarnessError} when busybox is not installed or QEMU can't be started
 */
export async function runShellGuest(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  { gdb }: { readonly gdb: boolean },
): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const initramfs = join(directory, "initramfs.cpio");
    await packShell(image, directory, initramfs);
    const command = shellCommandLine(kernel, initramfs, machine, gdb);
    const [program = "", ...args] = ["setpriv", "--pdeathsig=KILL", "--", ...command];
    const result = await execa(program, args, { stdio: "inherit", reject: false });
    if (result.exitCode !== 0) throw new HarnessError(`QEMU ended: ${result.shortMessage}`);
  });
}

/** What to type into another terminal. */
export function gdbAdvice({ vmlinux }: Kernel): string {
  return `gdb ${vmlinux ?? "VMLINUX"} -ex 'target remote :${GDB_PORT}'`;
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
