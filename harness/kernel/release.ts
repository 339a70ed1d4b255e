// Kernel versions: read from a tree, and compared.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A version as our YAML files name it. */
export const kernelVersion = z
  .string()
  .regex(/^\d+\.\d+(\.\d+)?$/, 'expected a kernel version in quotes, such as "6.1"');

/**
 * Compares by major, minor and patch level; what follows (-rc3, +deb14-amd64) does not count, so
 * 6.12.0-rc1 counts as 6.12.
 */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** From one version on, and before another; without a bound where there is none. */
export interface ReleaseRange {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Whether a release lies in a range; `until` is the first that no longer does. */
export function isBetween(release: string, { since, until }: ReleaseRange): boolean {
  if (since && compareReleases(release, since) < 0) return false;
  return !until || compareReleases(release, until) < 0;
}

/** What a tree's top Makefile calls itself: `6.1.192`. */
export async function releaseOfTree(src: string): Promise<string> {
  const makefile = await readFile(join(src, "Makefile"), "utf8");
  const value = (name: string) => new RegExp(`^${name} = *(\\S*)`, "m").exec(makefile)?.[1] ?? "";
  return `${value("VERSION")}.${value("PATCHLEVEL")}.${value("SUBLEVEL") || "0"}${value("EXTRAVERSION")}`;
}

function numbers(release: string): number[] {
  const match = /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(release);
  return (match ?? []).slice(1).map((part) => Number(part ?? 0));
}
