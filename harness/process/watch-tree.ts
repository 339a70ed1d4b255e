// Tells when something below a directory has changed, for trees as large as a kernel's.
import { type FSWatcher, type WatchListener, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";

export interface TreeWatch {
  /** Calls back once a burst of changes is over; until then nothing is said of them. */
  onChange(listener: () => void): void;
  /** Calls back when a directory that is new can't be watched: from then on changes may be missed. */
  onFailure(listener: (error: HarnessError) => void): void;
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
 * @throws {HarnessError} when the tree can't be watched: the system allows no more watches
 */
export async function watchTree(top: string): Promise<TreeWatch> {
  const watchers = new Map<string, FSWatcher>();
  const listeners: (() => void)[] = [];
  const failureListeners: ((error: HarnessError) => void)[] = [];
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
    if (event !== "rename") return;
    // Something came or went. What came may be a directory with files in it; one that was made anew is
    // another one, and its old watch sees nothing of it.
    forget(path);
    if (await isDirectory(path)) await add(path);
  }

  function failed(error: HarnessError): void {
    for (const listener of failureListeners) listener(error);
  }

  async function add(directory: string): Promise<void> {
    if (closed || watchers.has(directory)) return;
    const watcher = openWatch(directory, (event, name) => {
      seen(directory, event, name).catch(failed);
    });
    if (!watcher) return;
    watchers.set(directory, watcher);
    watcher.on("error", (error) => {
      forget(directory);
      if (!isGone(error)) failed(unwatchable(directory, error));
    });
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    const below = entries.filter((entry) => entry.isDirectory() && !PASSING.test(entry.name));
    await Promise.all(below.map((entry) => add(join(directory, entry.name))));
  }

  /** With all that is below it. */
  function forget(directory: string): void {
    if (!watchers.has(directory)) return;
    for (const [path, watcher] of watchers) {
      if (path !== directory && !path.startsWith(`${directory}/`)) continue;
      watchers.delete(path);
      watcher.close();
    }
  }

  function close(): void {
    closed = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  }

  try {
    await add(top);
  } catch (error) {
    // Open watches would keep the process from ending.
    close();
    throw error;
  }
  return {
    onChange: (listener) => listeners.push(listener),
    onFailure: (listener) => failureListeners.push(listener),
    close,
  };
}

/**
 * Undefined for what is gone already: a compiler's or an editor's directory, a checkout under way.
 *
 * @throws {HarnessError} for any other reason not to watch it
 */
function openWatch(directory: string, listener: WatchListener<string>): FSWatcher | undefined {
  try {
    return watch(directory, listener);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw unwatchable(directory, error as NodeJS.ErrnoException);
  }
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** What to do about an error of inotify's, by its code. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: "Raise the limit of watches: sysctl fs.inotify.max_user_watches=524288",
  EMFILE: "Raise the limit of watchers: sysctl fs.inotify.max_user_instances=1024",
  EACCES: "Make it readable, or run without --watch.",
};

function unwatchable(directory: string, { code = "", message }: NodeJS.ErrnoException) {
  const remedy = REMEDIES[code] ?? "Run without --watch.";
  return new HarnessError(`${directory} can't be watched: ${message}. ${remedy}`);
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
