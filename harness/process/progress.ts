// How a stage tells what it is doing, without knowing who listens.

/** The listener of a long job: a terminal, a test that wants silence, a log. */
export interface Progress {
  /** A fact worth keeping: one line, printed once. */
  note(line: string): void;
  /** What is going on right now: replaces the previous status; nothing where there is no terminal. */
  status(line: string): void;
}

/** Nobody listens. */
export const silent: Progress = { note() {}, status() {} };
