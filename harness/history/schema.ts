// The tables over all runs. What stands in them follows from the journals, so another version of
// them is made anew, never converted.

import type sqlite from "node-sqlite3-wasm";

/** An open database that has them. */
export type Database = InstanceType<typeof sqlite.Database>;

/** Counts up with any change below, or of what is put in. */
export const SCHEMA_VERSION = 2;

export const SCHEMA = `
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  mtime REAL NOT NULL,
  started TEXT NOT NULL,
  status TEXT NOT NULL,
  release TEXT NOT NULL,
  source TEXT NOT NULL,
  kernel TEXT NOT NULL,
  results INTEGER NOT NULL,
  unexpected INTEGER NOT NULL
);
CREATE TABLE cases (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
CREATE TABLE turns (
  case_id INTEGER NOT NULL,
  run_id INTEGER NOT NULL,
  repetition INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  verdict TEXT NOT NULL,
  duration REAL NOT NULL,
  PRIMARY KEY (case_id, run_id, repetition)
) WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};
`;
