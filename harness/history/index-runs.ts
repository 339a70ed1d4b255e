// Brings the database up to the journals: what is new or has grown is read, what is gone goes.
import { statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../process/progress.ts";
import { JOURNAL, readJournal } from "../record/journal.ts";
import type { JournalEvent, RunEvent } from "../record/journal-event.ts";
import { lastVerdicts } from "../record/last-verdicts.ts";
import { isUnexpected } from "../verdict/verdict.ts";
import type { Database } from "./schema.ts";

/** A journal as it lies there. */
interface JournalFile {
  readonly name: string;
  readonly size: number;
  readonly mtime: number;
}

type TurnWriter = ReturnType<typeof turnWriter>;

/** So many runs make one transaction: an interruption costs no more than these. */
const BATCH = 200;

export async function indexRuns(
  database: Database,
  results: string,
  progress: Progress,
): Promise<void> {
  const files = await journalFiles(results);
  const known = new Map(
    database
      .all("SELECT name, size, mtime FROM runs")
      .map((row) => [String(row.name), `${row.size} ${row.mtime}`]),
  );
  const there = new Set(files.map(({ name }) => name));
  const gone = [...known.keys()].filter((name) => !there.has(name));
  const fresh = files.filter(({ name, size, mtime }) => known.get(name) !== `${size} ${mtime}`);
  if (gone.length > 0) {
    inTransaction(database, () => {
      for (const name of gone) forget(database, name);
    });
  }
  const turns = turnWriter(database);
  for (let at = 0; at < fresh.length; at += BATCH) {
    if (at > 0) progress.status(`reading ${at} of ${fresh.length} runs`);
    const batch = fresh.slice(at, at + BATCH);
    const journals = await Promise.all(
      // A broken record is one that history does not know.
      batch.map(({ name }) => readJournal(join(results, name)).catch(() => undefined)),
    );
    inTransaction(database, () => {
      for (const [i, file] of batch.entries()) addRun(database, file, journals[i], turns.add);
    });
  }
  turns.done();
}

async function journalFiles(results: string): Promise<JournalFile[]> {
  const entries = await readdir(results, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = names.flatMap((name) => {
    const info = statOf(join(results, name, JOURNAL));
    return info ? [{ name, size: info.size, mtime: info.mtimeMs }] : [];
  });
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Not one by one through the thread pool: ten thousand of them take a fifth of the time so. One that
 * can't be read is one that history does not know.
 */
function statOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function addRun(
  database: Database,
  { name, size, mtime }: JournalFile,
  journal: [RunEvent, ...JournalEvent[]] | undefined,
  addTurn: TurnWriter["add"],
): void {
  forget(database, name);
  const [begin, ...events] = journal ?? [];
  const end = events.findLast((one) => one.event === "end" || one.event === "resumed");
  const status = end?.event === "end" ? end.status : "interrupted";
  const verdicts = lastVerdicts(events);
  const { lastInsertRowid: run } = database.run(
    `INSERT INTO runs (name, size, mtime, started, status, release, source, kernel, results, unexpected)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      name,
      size,
      mtime,
      begin?.time ?? "",
      status,
      begin?.kernel.release ?? "",
      begin ? sourceOf(begin) : "",
      begin ? kernelOf(begin) : "",
      verdicts.length,
      verdicts.filter(isUnexpected).length,
    ],
  );
  for (const { id, repetition, outcome, verdict, durationMs } of verdicts) {
    addTurn(id, [Number(run), repetition, outcome, verdict, durationMs]);
  }
}

/** In words: `linux-source-6.1 6.1.192-2 + mm: a patch`. */
function sourceOf({ kernel: { source, series } }: RunEvent): string {
  return [source, ...series].join(" + ");
}

/** What makes two runs speak of the same kernel. */
function kernelOf({ kernel, image }: RunEvent): string {
  const { key, buildId, source, series, configHash } = kernel;
  return [key || buildId || [source, ...series, configHash].join(" "), image].join(" ");
}

/** Prepared once for all runs: there are hundreds of turns in each. */
function turnWriter(database: Database) {
  const numbers = new Map(
    database.all("SELECT name, id FROM cases").map((row) => [String(row.name), Number(row.id)]),
  );
  const insert = database.prepare("INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?, ?, ?)");
  return {
    add(id: string, values: readonly (string | number)[]): void {
      insert.run([numbers.get(id) ?? newCase(id), ...values]);
    },
    done: () => insert.finalize(),
  };

  function newCase(name: string): number {
    const { lastInsertRowid } = database.run("INSERT INTO cases (name) VALUES (?)", [name]);
    numbers.set(name, Number(lastInsertRowid));
    return Number(lastInsertRowid);
  }
}

function forget(database: Database, name: string): void {
  const run = Number(database.get("SELECT id FROM runs WHERE name = ?", [name])?.id ?? 0);
  if (run === 0) return;
  // By way of the cases, because the table is in their order.
  database.run("DELETE FROM turns WHERE case_id IN (SELECT id FROM cases) AND run_id = ?", [run]);
  database.run("DELETE FROM runs WHERE id = ?", [run]);
}

function inTransaction(database: Database, work: () => void): void {
  database.exec("BEGIN");
  try {
    work();
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
