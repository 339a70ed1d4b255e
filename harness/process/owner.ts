// Which process something on a disk belongs to, told by a name: other machines may share the disk.
import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who has made something: a process of a namespace, of a boot, of a machine. */
export interface Owner {
  readonly machine: string;
  readonly boot: string;
  /** Process ids mean something only within their namespace, whose number only within a boot. */
  readonly namespace: string;
  readonly pid: number;
}

export const ourselves: Owner = {
  machine: digest(`${hostname()}\n${read("/etc/machine-id")}`),
  boot: digest(read("/proc/sys/kernel/random/boot_id")),
  namespace: pidNamespace(),
  pid: process.pid,
};

const NAME = /^([0-9a-f]{8})-([0-9a-f]{8})-(\d+)-(\d+)$/;

/** An owner in a word that fits into a file's name, and into a socket's path. */
export function nameOf({ machine, boot, namespace, pid }: Owner): string {
  return [machine, boot, namespace, pid].join("-");
}

/** The owner that a name is of; undefined for any other name. */
export function ownerOf(name: string): Owner | undefined {
  const [, machine, boot, namespace, pid] = NAME.exec(name) ?? [];
  if (!machine || !boot || !namespace) return undefined;
  return { machine, boot, namespace, pid: Number(pid) };
}

/** Whether an owner is known to be no more; of another machine or namespace nobody here can tell. */
export function isGone({ machine, boot, namespace, pid }: Owner): boolean {
  if (boot !== ourselves.boot) return machine === ourselves.machine;
  return namespace === ourselves.namespace && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
