// QEMU's command line as virtme-ng composes it, for a root of ours over 9p.
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { mustRun } from "../process/tool.ts";
import { commandLine } from "./kernel-command-line.ts";
import type { Machine } from "./machine.ts";
import { debuggerOptions, type PortPaths, portOptions, processorOptions } from "./qemu-options.ts";
import { splitShellWords } from "./shell-words.ts";

/** virtme-ng's own and a cache: the root is this guest's alone, and each case is read from it again. */
const ROOT_FLAGS = "rootflags=version=9p2000.L,trans=virtio,access=any,cache=loose";

/**
 * Asks `vng --dry-run` for the machine and returns its command for us to run, so that QEMU is our
 * own child: it dies with us and is bounded like any other guest. The serial console, which
 * virtme-ng would send to /dev/null, goes to our socket, and its own ports nowhere.
 *
 * @param scratch a directory of this guest alone: virtme-ng shares its cache directory with the
 *   guest, writable, and writes scripts into the root, so both are copies in here
 * @throws {HarnessError} when virtme-ng is missing or composes its machine in an unknown way
 */
export async function virtmeCommand(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  ports: PortPaths,
  scratch: string,
): Promise<string[]> {
  const root = join(scratch, "root");
  const home = join(scratch, "home");
  await mkdir(home);
  await mustRun("cp", ["-a", image.root, root]);
  // virtme-ng opens its own stdout and stderr again, which a socket, as node makes them, refuses.
  const files = { stdout: join(scratch, "vng.out"), stderr: join(scratch, "vng.err") };
  await mustRun("vng", virtmeArguments(kernel, root, machine, ports), {
    env: { HOME: home, TMPDIR: scratch },
    files,
  });
  const printed = await readFile(files.stdout, "utf8");
  const command = printed.split("\n").find((line) => line.includes("-kernel"));
  if (!command) {
    throw new HarnessError(`vng --dry-run prints no QEMU command (use --boot qemu):\n${printed}`);
  }
  return redirectPorts(splitShellWords(command), ports.console);
}

/** A guest with the host's userland, on our own terminal. */
export function virtmeShellCommand(kernel: Kernel, machine: Machine, gdb: boolean): string[] {
  return [
    ...["vng", "--run", kernel.image, "--user", "root", "--force-9p", "--disable-microvm"],
    ...(machine.accel === "tcg" ? ["--disable-kvm"] : []),
    ...["--cpus", String(machine.cpus), "--memory", `${machine.memory}M`],
    ...(gdb ? ["--append", "nokaslr", `--qemu-opts=${debuggerOptions().join(" ")}`] : []),
  ];
}

function virtmeArguments(
  kernel: Kernel,
  root: string,
  machine: Machine,
  ports: PortPaths,
): string[] {
  const half = Math.floor(machine.memory / 2);
  return [
    ...["--dry-run", "--run", kernel.image, "--root", root, "--user", "root"],
    ...["--force-9p", "--disable-microvm", "--exec", "true"],
    ...(machine.accel === "tcg" ? ["--disable-kvm"] : []),
    ...["--cpus", String(machine.cpus), "--memory", `${machine.memory}M`],
    ...["--numa", `${half}M,cpus=0-${machine.cpus - 1}`, "--numa", `${machine.memory - half}M`],
    ...[ROOT_FLAGS, ...commandLine(machine)].flatMap((parameter) => ["--append", parameter]),
    // Both ways to boot have the same; virtme-ng names one for KVM only, and QEMU takes the last.
    `--qemu-opts=${[...processorOptions(machine), ...portOptions(ports)].join(" ")}`,
  ];
}

/**
 * The serial console leads to our socket. The ports for the scripts that virtme-ng would run lead
 * nowhere: their files have no bound, and a guest could fill the host's disk through them.
 */
function redirectPorts(command: readonly string[], socket: string): string[] {
  const console = `socket,id=console,path=${socket}`;
  const redirected = command.map((word) => {
    const [, id] = /^(?:file|stdio),id=(\w+)/.exec(word) ?? [];
    if (id === undefined) return word;
    return id === "console" ? console : `null,id=${id}`;
  });
  if (!redirected.includes(console)) {
    throw new HarnessError(
      `This virtme-ng names its serial console in an unknown way; use --boot qemu.\n${command.join(" ")}`,
    );
  }
  return redirected;
}
