// The database over results/: kept in the cache, made anew whenever it is missing or makes no sense.
import { mkdir, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import { withLock } from "../process/lock.ts";
import { type Progress, silent } from "../process/progress.ts";
import { indexRuns } from "./index-runs.ts";
import { type Database, SCHEMA, SCHEMA_VERSION } from "./schema.ts";

/**
 * Runs `query` on a database that knows all runs of a results directory as they are now. One process
 * at a time: the files' lock is ours, and dies with us.
 */
export async function withHistory<T>(
  results: string,
  query: (database: Database) => T,
  progress: Progress = silent,
): Promise<T> {
  const file = historyFile(results);
  await mkdir(dirname(file), { recursive: true });
  return withLock(`${file}.flock`, progress, async () => {
    try {
      return await ask(file, results, query, progress);
    } catch (error) {
      if (!(error instanceof sqlite.SQLite3Error)) throw error;
      // Damaged, or another version's: the journals are the truth.
      await removeDatabase(file);
      return ask(file, results, query, progress);
    }
  });
}

/** Where the database of a results directory is. */
export function historyFile(results: string): string {
  return cacheDirectory("history", `${hashOf(resolve(results)).slice(0, 16)}.sqlite`);
}

async function ask<T>(
  file: string,
  results: string,
  query: (database: Database) => T,
  progress: Progress,
): Promise<T> {
  const database = await openDatabase(file);
  try {
    await indexRuns(database, results, progress);
    return query(database);
  } finally {
    database.close();
  }
}

async function openDatabase(file: string): Promise<Database> {
  // Its own lock is a directory, which a killed process leaves behind.
  await rm(`${file}.lock`, { recursive: true, force: true });
  const database = new sqlite.Database(file);
  try {
    const version = database.get("PRAGMA user_version")?.user_version;
    if (version === SCHEMA_VERSION) return database;
    if (version !== 0) throw new sqlite.SQLite3Error(`schema ${version}`);
    // Only a cache: a crash may cost it, but not its speed.
    database.exec("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;");
    database.exec(SCHEMA);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function removeDatabase(file: string): Promise<void> {
  for (const path of [file, `${file}-journal`, `${file}.lock`]) {
    await rm(path, { recursive: true, force: true });
  }
}
