// A guest's console as it was kept, cut where cases begin and end.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "./run-schema.ts";

/** Lines of a console that belong to one case, or to none. */
export interface LogStretch {
  /** The case that was running; null between cases. */
  readonly case: string | null;
  /** Number of the first line, from 1. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface GuestLog {
  readonly guest: number;
  /** Below the run's directory. */
  readonly file: string;
  readonly stretches: readonly LogStretch[];
}

const ESC = String.fromCharCode(27);
const NOISE = new RegExp(`${ESC}\\[[0-9;?]*[A-Za-z]|[\\0-\\u0008\\u000b-\\u001f\\ufffd]`, "g");
const MARK = /uffdwp: (begin|end) \d+(?: (\S+))?/;

/** The consoles of all guests that have left one, in their order. */
export function readGuestLogs(run: Run, directory: string): GuestLog[] {
  const numbers = new Set([
    ...[...run.guests, ...run.failedBoots].map(({ number }) => number),
    ...run.cases.map(({ guest }) => guest),
  ]);
  return [...numbers]
    .filter((guest) => guest >= 0)
    .sort((a, b) => a - b)
    .flatMap((guest) => {
      const file = `guest-${guest}/console.log`;
      const text = readIfThere(join(directory, file));
      return text === undefined ? [] : [{ guest, file, stretches: cutAtMarks(text) }];
    });
}

/** Cuts a console's text at our marks; a mark belongs to the case it names. */
function cutAtMarks(text: string): LogStretch[] {
  const stretches: { case: string | null; line: number; lines: string[] }[] = [];
  let current = { case: null as string | null, line: 1, lines: [] as string[] };
  const cut = (owner: string | null, line: number) => {
    if (current.lines.length > 0) stretches.push(current);
    current = { case: owner, line, lines: [] };
  };
  text
    .trimEnd()
    .split("\n")
    .forEach((raw, index) => {
      const line = raw.replace(NOISE, "");
      const mark = MARK.exec(line);
      if (mark?.[1] === "begin") cut(mark[2] ?? null, index + 1);
      current.lines.push(line);
      if (mark?.[1] === "end") cut(null, index + 2);
    });
  cut(null, 0);
  return stretches;
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
