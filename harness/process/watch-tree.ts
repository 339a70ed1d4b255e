// Tells when something below a directory has changed, for trees as large as a kernel's.
import { type FSWatcher, type WatchListener, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";

export interface TreeWatch {
  /** Calls back once a burst of changes is over; until then nothing is said of them. */
  onChange(listener: () => void): void;
  close(): void;
}

/**
 * An editor saves in several steps (a temporary file, a rename, a backup), a checkout in thousands;
 * both are over when nothing has happened for so long, in milliseconds.
 */
const QUIET = 250;
/** Dot files (editors' swap files), backups, and what make leaves in a tree that it builds in. */
const PASSING = /^\.|~$|^#|^4913$|\.(o|a|ko|cmd|mod|orig|rej|tmp|swp)$/;

/**
 * Watches each directory, not each file: one inotify watch for each of a kernel's 5,000 directories
 * instead of one for each of its 80,000 files. A change to a file is an event of its directory.
 *
 * @throws {HarnessError} when the system allows no more watches
 */
export async function watchTree(top: string): Promise<TreeWatch> {
  const watchers = new Map<string, FSWatcher>();
  const listeners: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function changed(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const listener of listeners) listener();
    }, QUIET);
  }

  async function seen(directory: string, event: string, name: string | null): Promise<void> {
    if (name === null) return changed();
    if (PASSING.test(name)) return;
    changed();
    const path = join(directory, name);
    // Something came or went; what came may be a directory with files in it.
    if (event === "rename" && (await isDirectory(path))) await add(path);
  }

  async function add(directory: string): Promise<void> {
    if (closed || watchers.has(directory)) return;
    const watcher = openWatch(directory, (event, name) => void seen(directory, event, name));
    watchers.set(directory, watcher);
    watcher.on("error", () => forget(directory));
    watcher.on("close", () => watchers.delete(directory));
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    const below = entries.filter((entry) => entry.isDirectory() && !PASSING.test(entry.name));
    await Promise.all(below.map((entry) => add(join(directory, entry.name))));
  }

  function forget(directory: string): void {
    watchers.get(directory)?.close();
  }

  await add(top);
  return {
    onChange: (listener) => listeners.push(listener),
    close() {
      closed = true;
      clearTimeout(timer);
      for (const directory of [...watchers.keys()]) forget(directory);
    },
  };
}

function openWatch(directory: string, listener: WatchListener<string>): FSWatcher {
  try {
    return watch(directory, listener);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ENOSPC" && code !== "EMFILE") throw error;
    throw new HarnessError(
      `${directory} can't be watched: ${message}. Raise the limit: sysctl fs.inotify.max_user_watches=200000`,
    );
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
