// What a harness that was killed has left behind: named so that the next one can tell, and clear away.
import { randomBytes } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";
import { isGone, nameOf, type Owner, ourselves, ownerOf } from "./owner.ts";

const OWNED = /(?:^|\.)uffdwp-([0-9a-f-]+)-[0-9a-f]{8}$/;

/** A name that nobody else has, and that says which process it belongs to. */
export function ownName(prefix: string, owner: Owner = ourselves): string {
  return `${prefix}uffdwp-${nameOf(owner)}-${randomBytes(4).toString("hex")}`;
}

/** Removes from a directory what belongs to processes that are no more. */
export async function clearLeftovers(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const path = join(directory, name);
    if (!(await isLeftover(name, path))) continue;
    // Somebody else's, if it can't be removed.
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}

async function isLeftover(name: string, path: string): Promise<boolean> {
  const owner = ownerOf(OWNED.exec(name)?.[1] ?? "");
  if (!owner || !isGone(owner)) return false;
  return owner.boot === ourselves.boot || (await isOlderThanBoot(path));
}

/**
 * What another boot of this machine has left was touched before this boot. Virtual machines of one
 * image may all bear the same name: what is younger is the work of such a twin.
 */
async function isOlderThanBoot(path: string): Promise<boolean> {
  const touched = await stat(path).catch(() => undefined);
  return touched !== undefined && touched.mtimeMs < Date.now() - uptime() * 1000;
}
