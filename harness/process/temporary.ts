// Directories for the length of one piece of work.
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clearLeftovers, ownName } from "./leftovers.ts";

let cleared: Promise<void> | undefined;

/** Removes the directories of harnesses that were killed, once a process. */
export async function clearTemporaryDirectories(): Promise<void> {
  cleared ??= clearLeftovers(tmpdir());
  await cleared;
}

/** Makes a fresh private directory. */
export async function makeTemporaryDirectory(): Promise<string> {
  await clearTemporaryDirectories();
  const directory = join(tmpdir(), ownName(""));
  await mkdir(directory, { mode: 0o700 });
  return directory;
}

/** Runs `work` with a fresh private directory, which is gone afterwards whatever happens. */
export async function withTemporaryDirectory<T>(
  work: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await makeTemporaryDirectory();
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
