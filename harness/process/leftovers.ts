// What a harness that was killed has left behind: named so that the next one can tell, and clear away.
import { randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** Process ids mean something only within their namespace: a container may share its directories. */
const namespace = pidNamespace();
const OWNER = /(?:^|\.)uffdwp-(\d+)-(\d+)-[0-9a-f]{8}$/;

/** A name that nobody else has, and that says which process it belongs to. */
export function ownName(prefix: string): string {
  return `${prefix}uffdwp-${namespace}-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** Removes from a directory what belongs to processes that are no more. */
export async function clearLeftovers(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter(isLeftover)) {
    // Somebody else's, if it can't be removed.
    await rm(join(directory, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isLeftover(name: string): boolean {
  const [, owner, pid] = OWNER.exec(name) ?? [];
  return owner === namespace && !isAlive(Number(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  } catch {
    return "0";
  }
}
