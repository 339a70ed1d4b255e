// Whether KVM really runs a kernel here: tried, not assumed, and remembered.

import { constants } from "node:fs";
import { access, mkdir, readFile, rm } from "node:fs/promises";
import { release } from "node:os";
import { dirname } from "node:path";
import { InterruptedError, UsageError } from "../errors.ts";
import type { Image } from "../image/image.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { cacheDirectory } from "../process/directories.ts";
import { publishFile } from "../process/publish.ts";
import { makeTemporaryDirectory } from "../process/temporary.ts";
import { bootGuest } from "./boot.ts";
import type { Acceleration } from "./machine.ts";
import { qemuVersion } from "./qemu-version.ts";

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

/** What is known of KVM here without trying it. */
export async function rememberedAcceleration(): Promise<"works" | "fails" | "untried" | "none"> {
  if (!(await canOpenKvm())) return "none";
  const remembered = await recall(await memoryFile().catch(() => ""));
  if (remembered === undefined) return "untried";
  return remembered ? "works" : "fails";
}

async function kvmRuns(kernel: Kernel, image: Image): Promise<boolean> {
  const memory = await memoryFile();
  const remembered = await recall(memory);
  if (remembered !== undefined) return remembered;
  const runs = await bootsUnderKvm(kernel, image);
  await mkdir(dirname(memory), { recursive: true });
  await publishFile(memory, `${runs}\n`);
  return runs;
}

async function memoryFile(): Promise<string> {
  const name = `${release()} ${await qemuVersion()}`.replaceAll(/[^\w.-]+/g, "_");
  return cacheDirectory("acceleration", `${name}.json`);
}

async function recall(memory: string): Promise<boolean | undefined> {
  const text = await readFile(memory, "utf8").catch(() => "");
  return { "true\n": true, "false\n": false }[text];
}

async function bootsUnderKvm(kernel: Kernel, image: Image): Promise<boolean> {
  const directory = await makeTemporaryDirectory();
  const machine = { boot: "qemu", accel: "kvm", cpus: 1, memory: 512 } as const;
  try {
    const guest = await bootGuest(kernel, image, machine, {
      number: 0,
      directory,
      limitMs: PROBE_LIMIT_MS,
    });
    await guest.close();
    return true;
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return false;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
