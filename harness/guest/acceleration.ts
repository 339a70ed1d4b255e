// Whether KVM really runs a kernel here: tried, not assumed, and remembered.
import { constants } from "node:fs";
import { access, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { release, tmpdir } from "node:os";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { HarnessError, InterruptedError, UsageError } from "../errors.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { cacheDirectory } from "../process/directories.ts";
import { mustRun } from "../process/tool.ts";
import { bootGuest } from "./boot.ts";
import type { Acceleration } from "./machine.ts";
import { QEMU } from "./qemu-command.ts";

export interface AccelerationChoice {
  readonly accel: Acceleration;
  /** Why, in words fit for a line of output. */
  readonly reason: string;
}

/** A kernel that KVM runs is up well before this, in milliseconds. */
const PROBE_LIMIT_MS = 10_000;

/**
 * Chooses the acceleration. `auto` boots the kernel once under KVM; the answer is kept for this
 * host kernel and this QEMU, because on some hosts /dev/kvm opens and still runs no stock kernel.
 *
 * @throws {UsageError} when KVM was asked for and there is none
 */
export async function chooseAcceleration(
  asked: "auto" | Acceleration,
  kernel: Kernel,
  image: Image,
): Promise<AccelerationChoice> {
  if (asked === "tcg") return { accel: "tcg", reason: "as asked" };
  if (!(await canOpenKvm())) {
    if (asked === "kvm")
      throw new UsageError("There is no /dev/kvm here that we may open: --accel tcg.");
    return { accel: "tcg", reason: "no /dev/kvm that we may open" };
  }
  if (asked === "kvm") return { accel: "kvm", reason: "as asked" };
  return (await kvmRuns(kernel, image))
    ? { accel: "kvm", reason: "KVM runs kernels here" }
    : { accel: "tcg", reason: "/dev/kvm opens, but no kernel boots with it here" };
}

async function canOpenKvm(): Promise<boolean> {
  return access("/dev/kvm", constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

async function kvmRuns(kernel: Kernel, image: Image): Promise<boolean> {
  const version = (await mustRun(QEMU, ["--version"])).stdout.split("\n")[0] ?? "";
  const name = `${release()} ${version}`.replaceAll(/[^\w.-]+/g, "_");
  const memory = cacheDirectory("acceleration", `${name}.json`);
  const remembered = await readFile(memory, "utf8").catch(() => undefined);
  if (remembered === "true\n" || remembered === "false\n") return remembered === "true\n";
  const runs = await bootsUnderKvm(kernel, image);
  await mkdir(cacheDirectory("acceleration"), { recursive: true });
  await writeFileAtomic(memory, `${runs}\n`);
  return runs;
}

async function bootsUnderKvm(kernel: Kernel, image: Image): Promise<boolean> {
  const directory = await mkdtemp(join(tmpdir(), "uffdwp-kvm-"));
  const machine = { boot: "qemu", accel: "kvm", cpus: 1, memory: 512 } as const;
  try {
    const guest = await bootGuest(kernel, image, machine, {
      ...{ number: 0, directory, limitMs: PROBE_LIMIT_MS },
    });
    await guest.close();
    return true;
  } catch (error) {
    if (error instanceof InterruptedError || error instanceof HarnessError) throw error;
    return false;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
