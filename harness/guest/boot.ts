// Boots a kernel and hands on a guest that has said who it is.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError, UntestableKernelError } from "../errors.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Finding } from "../klog/finding.ts";
import { makeTemporaryDirectory } from "../process/temporary.ts";
import { openChannels } from "./channels.ts";
import { isFatal } from "./fatal-finding.ts";
import type { Guest, GuestIdentity } from "./guest.ts";
import { liveGuest, STRAGGLERS_MS } from "./live-guest.ts";
import type { Machine } from "./machine.ts";
import { allOf, type MarkedConsole } from "./marked-console.ts";
import { qemuCommand } from "./qemu-command.ts";
import { type QemuProcess, startQemu } from "./qemu-process.ts";
import { virtmeCommand } from "./virtme-command.ts";

export interface BootOptions {
  readonly number: number;
  /** Where console.log and cases.log of this guest are kept; made when it is not there. */
  readonly directory: string;
  /** Milliseconds from the start of QEMU to the guest's hello. */
  readonly limitMs: number;
}

/** The guest did not come up: silent, or with a panic in its log. */
export class BootFailure extends UntestableKernelError {
  /** What the log says, of whatever weight. */
  readonly findings: readonly Finding[];

  constructor(message: string, findings: readonly Finding[]) {
    super(message, { stage: "boot" });
    this.findings = findings;
  }

  /** Whether the log says why, so that another try would end in the same way. */
  get explained(): boolean {
    return this.findings.some(isFatal);
  }
}

/**
 * Boots a guest.
 *
 * @throws {BootFailure} when it says no hello within its limit
 * @throws {HarnessError} when QEMU can't be started, or the guest runs another kernel
 * @throws {InterruptedError} when the harness was told to stop
 */
export async function bootGuest(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  options: BootOptions,
): Promise<Guest> {
  const scratch = await makeTemporaryDirectory();
  try {
    return await bootIn(scratch, kernel, image, machine, options);
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
}

export interface PatientBootOptions extends Omit<BootOptions, "number" | "directory"> {
  /** guest-N/ directories are made in here. */
  readonly directory: string;
  /** The number of the next guest; no two have the same. */
  readonly nextGuest: () => number;
  /** Told of each boot that failed, before another one is tried or the failure thrown. */
  readonly bootFailed: (
    number: number,
    reason: string,
    findings: readonly Finding[],
  ) => Promise<void>;
  /** Whether this kernel has booted before; unless given, it has not. */
  readonly cameUpBefore?: () => boolean;
}

/** So many boots are tried before the kernel is given up. */
const BOOT_TRIES = 3;

/**
 * Boots a guest as `bootGuest` does, and another one after a boot that hung without saying why:
 * under TCG that happens now and then, and says nothing about the kernel. What a kernel explains
 * is tried again only where it has booted before, and once.
 *
 * @throws {BootFailure} when a kernel says why it does not boot, or never does
 * @throws {HarnessError} {InterruptedError} as `bootGuest`
 */
export async function bootGuestPatiently(
  kernel: Kernel,
  image: Image,
  machine: Machine,
  { directory, nextGuest, bootFailed, limitMs, cameUpBefore = () => false }: PatientBootOptions,
): Promise<Guest> {
  const failures: BootFailure[] = [];
  for (;;) {
    const number = nextGuest();
    const options = { number, directory: join(directory, `guest-${number}`), limitMs };
    try {
      return await bootGuest(kernel, image, machine, options);
    } catch (error) {
      if (!(error instanceof BootFailure)) throw error;
      failures.push(error);
      await bootFailed(number, error.message, error.findings);
      if (!isWorthAnother(failures, cameUpBefore())) throw error;
    }
  }
}

/** Whether another boot may succeed where these have failed. */
export function isWorthAnother(failures: readonly BootFailure[], cameUpBefore: boolean): boolean {
  const explained = failures.filter((failure) => failure.explained).length;
  return failures.length < BOOT_TRIES && explained <= (cameUpBefore ? 1 : 0);
}

async function bootIn(
  scratch: string,
  kernel: Kernel,
  image: Image,
  machine: Machine,
  options: BootOptions,
): Promise<Guest> {
  await mkdir(options.directory, { recursive: true });
  const channels = await openChannels(scratch, options.directory);
  let qemu: QemuProcess | undefined;

  async function tearDown(): Promise<void> {
    await qemu?.kill();
    await channels.close().finally(() => rm(scratch, { recursive: true, force: true }));
  }

  try {
    const command =
      machine.boot === "qemu"
        ? qemuCommand(kernel, image, machine, channels.paths)
        : await virtmeCommand(kernel, image, machine, channels.paths, scratch);
    const started = performance.now();
    qemu = startQemu(command, join(options.directory, "qemu.log"));
    const answer = await channels.mailbox.hello(qemu.exited, options.limitMs);
    if (typeof answer === "string") {
      if (qemu.hasFailed()) throw new HarnessError(`${answer}\nIts command: ${command.join(" ")}`);
      await qemu.kill();
      await channels.drained(STRAGGLERS_MS);
      throw bootFailure(answer, channels.console, options);
    }
    refuseOtherKernel(kernel, answer);
    const bootMs = performance.now() - started;
    await channels.console.sees("end", STRAGGLERS_MS);
    return liveGuest({
      number: options.number,
      identity: answer,
      bootMs,
      channels,
      qemu,
      tearDown,
    });
  } catch (error) {
    await tearDown();
    throw error;
  }
}

function bootFailure(how: string, console: MarkedConsole, options: BootOptions): BootFailure {
  const findings = allOf(console.takeFindings());
  const log = join(options.directory, "console.log");
  const title = (findings.find(isFatal) ?? findings[0])?.title;
  const last = console.tail().split("\n").slice(-8).join("\n  ");
  return new BootFailure(
    `The kernel did not reach the guest's init: ${title ?? how}. Its log is ${log}.\n  ${last}`,
    findings,
  );
}

/** A verdict for another kernel than the planned one can't be recorded. */
function refuseOtherKernel(kernel: Kernel, identity: GuestIdentity): void {
  const { buildId } = kernel;
  if (buildId && identity.buildId !== buildId) {
    throw new HarnessError(
      `The guest runs another kernel than planned: build id ${identity.buildId || "(none)"} instead of ${buildId} (${kernel.image}).`,
    );
  }
}
