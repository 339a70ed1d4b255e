// journal.ndjson: one line an event, what counts on the disk before anything goes on.
import { type FileHandle, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError, UsageError } from "../errors.ts";
import { isLocked, tryLock } from "../process/lock.ts";
import type { JournalEvent, RunEvent } from "./journal-event.ts";

/** Its name in the directory of a run: what has none is no run. */
export const JOURNAL = "journal.ndjson";

export interface Journal<Event = JournalEvent> {
  /** @throws {HarnessError} when it can't be written, from then on each time */
  append(event: Event): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the journal of a run's directory, or of a hunt's, to go on at its end.
 *
 * @throws {UsageError} when another uffdwp is at it
 */
export async function openJournal<Event extends { readonly event: string } = JournalEvent>(
  directory: string,
  name: string = JOURNAL,
): Promise<Journal<Event>> {
  const path = join(directory, name);
  const file = await open(path, "a+");
  const release = await tryLock(path);
  if (!release) {
    await file.close();
    throw new UsageError(`Another uffdwp is at work in ${directory}. Wait for it, or stop it.`);
  }
  await endTornLine(file);
  let last = Promise.resolve();
  let failure: HarnessError | undefined;
  async function write(event: Event): Promise<void> {
    // Half a line may stand at the end: nothing may be glued to it.
    failure ??= await whyNotKept(event);
    if (failure) throw failure;
  }
  async function whyNotKept(event: Event): Promise<HarnessError | undefined> {
    try {
      await appendLine(event);
      if ((await file.stat()).nlink > 0) return undefined;
    } catch (error) {
      return new HarnessError(
        `${path} can't be written: ${(error as Error).message}. What is in it stays; go on with npx uffdwp resume.`,
        { cause: error },
      );
    }
    return new HarnessError(
      `${path} was removed while we wrote to it: what the run has found is lost. Start it again.`,
    );
  }
  async function appendLine(event: Event): Promise<void> {
    await file.appendFile(`${JSON.stringify(event)}\n`);
    // That a case began is of no use without how it ended, and a sync costs a millisecond.
    if (event.event !== "begin") await file.datasync();
  }
  return {
    // Guests run side by side, but lines don't mix.
    append(event) {
      const written = last.then(() => write(event));
      last = written.catch(() => {});
      return written;
    },
    async close() {
      await last;
      await file.close();
      await release();
    },
  };
}

/** Whether an uffdwp has the journal of a run open; it may be quiet for as long as a case takes. */
export async function isJournalOpen(directory: string): Promise<boolean> {
  return isLocked(join(directory, JOURNAL));
}

/**
 * The events of a run; a line that was torn by a crash says nothing and is left out.
 *
 * @throws {UsageError} when there is no journal, it does not begin with a run, or another uffdwp wrote it
 */
export async function readJournal(directory: string): Promise<[RunEvent, ...JournalEvent[]]> {
  const path = join(directory, JOURNAL);
  const text = await readFile(path, "utf8").catch(() => {
    throw new UsageError(`${directory} holds no run: it has no ${JOURNAL}.`);
  });
  const [first, ...rest] = parseLines<JournalEvent>(text);
  if (first?.event !== "run") throw new UsageError(`${path} does not begin with a run.`);
  if (first.schema !== 1) {
    throw new UsageError(`${path} has schema ${first.schema}; this uffdwp reads schema 1.`);
  }
  return [first, ...rest];
}

/** One event a line, as far as the lines are whole. */
export function parseLines<Event>(text: string): Event[] {
  return text.split("\n").flatMap((line): Event[] => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

async function endTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] !== 0x0a) await file.appendFile("\n");
}

/** This moment, as events tell it. */
export function now(): string {
  return new Date().toISOString();
}
