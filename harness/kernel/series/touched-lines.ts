// Where in the patched tree a series has written: what a trace is held against.
import { createHash } from "node:crypto";
import type { Patch } from "./patch.ts";

/** Lines of a file as it stands after the whole series, counted from 1. */
interface TouchedLines {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

/** What a record keeps of a patch. */
export interface PatchFacts {
  readonly subject: string;
  /** Of the patch as it was given. */
  readonly sha256: string;
  /** Its hunks, their context included: a trace points as often beside a change as into it. */
  readonly touches: readonly TouchedLines[];
}

interface Hunk {
  readonly file: string;
  /** Line and count before, and after. */
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

const FILE = /^\+\+\+ (?:"?b\/|)([^\t\n"]+)/;
const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The facts of a series; what later patches move, they move. */
export function patchFacts(patches: readonly Omit<Patch, "diff">[]): PatchFacts[] {
  let touched: { patch: number; lines: TouchedLines }[] = [];
  for (const [patch, { text }] of patches.entries()) {
    const hunks = hunksOf(text);
    touched = touched.map((one) => ({ ...one, lines: moved(one.lines, hunks) }));
    touched.push(...hunks.map((hunk) => ({ patch, lines: linesAfter(hunk) })));
  }
  return patches.map(({ subject, text }, index) => ({
    subject,
    sha256: createHash("sha256").update(text, "latin1").digest("hex"),
    touches: touched.filter(({ patch }) => patch === index).map(({ lines }) => lines),
  }));
}

function hunksOf(text: string): Hunk[] {
  let file = "";
  return text.split("\n").flatMap((line) => {
    file = FILE.exec(line)?.[1] ?? file;
    const [, from, count = "1", to, newCount = "1"] = HUNK.exec(line) ?? [];
    if (from === undefined || to === undefined || file === "/dev/null") return [];
    return [{ file, before: [+from, +count], after: [+to, +newCount] } satisfies Hunk];
  });
}

function linesAfter({ file, after: [line, count] }: Hunk): TouchedLines {
  return { file, from: line, to: line + Math.max(count, 1) - 1 };
}

/** The same lines after more hunks: those above push them down or pull them up. */
function moved({ file, from, to }: TouchedLines, hunks: readonly Hunk[]): TouchedLines {
  const shift = (line: number) =>
    hunks
      .filter((hunk) => hunk.file === file && hunk.before[0] + hunk.before[1] <= line)
      .reduce((sum, { before, after }) => sum + after[1] - before[1], line);
  return { file, from: shift(from), to: shift(to) };
}
