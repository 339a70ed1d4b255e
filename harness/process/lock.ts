// A lock that dies with its holder: the host's kernel releases it, however the harness ends.
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import type { Socket } from "node:net";
import { basename, dirname } from "node:path";
import { execa } from "execa";
import { HarnessError } from "../errors.ts";
import { interruption } from "./interruption.ts";
import type { Progress } from "./progress.ts";

/** Exit status of `flock --nonblock` when somebody else holds the lock. */
const HELD = 9;

/**
 * Runs `work` while holding an exclusive lock on a file; waits, and says so, while another process
 * holds it. flock(1) keeps the lock as long as its standard input, a pipe of ours, is open.
 */
export async function withLock<T>(
  file: string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  let release = await acquire(file, ["--nonblock", "--conflict-exit-code", String(HELD)]);
  if (!release) {
    progress.note(`waiting for another uffdwp that works in ${basename(dirname(file))}`);
    release = await acquire(file, []);
  }
  if (!release) throw new HarnessError(`The lock ${file} could not be taken.`);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * Takes an exclusive lock on a file for as long as we live, or until it is released. A holder that was
 * killed just now gets a moment to be gone.
 *
 * @returns undefined when another process keeps it
 */
export async function tryLock(file: string): Promise<(() => Promise<void>) | undefined> {
  return acquire(file, ["--timeout", "2", "--conflict-exit-code", String(HELD)]);
}

/**
 * Whether somebody holds a lock on a file that is there. Asked with a shared lock that is gone at once,
 * which another holder waits for no longer than that.
 */
export async function isLocked(file: string): Promise<boolean> {
  const options = ["--shared", "--nonblock", "--conflict-exit-code", String(HELD)];
  const asked = await execa("flock", [...options, file, "true"], { reject: false });
  if (asked.failed && asked.exitCode !== HELD) throw lockError(file, asked);
  return asked.failed;
}

async function acquire(file: string, options: readonly string[]) {
  const child = execa("flock", [...options, file, "sh", "-c", "echo locked && exec cat"], {
    reject: false,
    stdin: "pipe",
    detached: true,
    cancelSignal: interruption.signal,
  });
  const locked = once(child.stdout, "data").then(() => true);
  const ended = child.then(() => false);
  const held = await Promise.race([locked, ended]);
  interruption.signal.throwIfAborted();
  if (!held) {
    const refused = await child;
    if (refused.exitCode !== HELD) throw lockError(file, refused);
    return undefined;
  }
  // Whoever forgets to release it is not kept from ending; whoever releases it is, until it is free.
  const handles = [child, ...child.stdio.map((pipe) => pipe as Socket | null)];
  for (const handle of handles) handle?.unref();
  return async () => {
    for (const handle of handles) handle?.ref();
    child.stdin.end();
    await child;
  };
}

function lockError(
  file: string,
  { code, stderr }: { code?: string | undefined; stderr: string },
): HarnessError {
  if (code === "ENOENT") return new HarnessError("flock is not installed (package util-linux).");
  return new HarnessError(`The lock ${file} could not be taken: ${stderr}`);
}
