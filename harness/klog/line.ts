// A console line without what printk and consoles put around it, and who printed it.
import { printable } from "../process/printable.ts";
import { headerAt, mayBeginReport } from "./recognise.ts";

export interface LogLine {
  readonly text: string;
  /** What stands before the time: another's words, that no line break ended. */
  readonly before: string;
  /**
   * Which lines belong together: `[T12]` or `[C0]` where the kernel says who prints
   * (CONFIG_PRINTK_CALLER), `console` where it gives only the time, "" for a line without either.
   */
  readonly speaker: string;
  /** A frame that the unwinder is not sure of: it may be a leftover on the stack. */
  readonly unsure: boolean;
}

const STAMP = /(?:<\d+>)?\[ *\d+\.\d+\](\[ *[CT]\d+\])?(?: |$)/;
/** What may stand before it, in characters: a prompt, a logger's words, a line without its end. */
const FARTHEST = 200;

/** Longer lines are cut: binary garbage has no newlines. */
export const LONGEST_LINE = 16 * 1024;
/** What is read of a line: printk's have 1 KiB at most, and matching takes more than linear time. */
const READ = 2048;

export function readLine(raw: string): LogLine {
  const line = readable(printable(raw));
  const stamp = STAMP.exec(line);
  if (!stamp || isContent(line, stamp.index)) {
    return { text: line, before: "", speaker: "", unsure: false };
  }
  const before = line.slice(0, stamp.index);
  const text = line.slice(stamp.index + stamp[0].length);
  return { text, before, speaker: stamp[1] ?? "console", unsure: isUnsure(text) };
}

/** Of a line with more before its report than may stand there, and of garbage without an end, a part. */
function readable(line: string): string {
  if (line.length <= FARTHEST) return line;
  const from = Math.max(0, headerAt(line) - FARTHEST);
  return line.slice(from, from + READ);
}

/** Whether a time is a part of what the line says; no report that begins before it may be lost. */
function isContent(line: string, index: number): boolean {
  return index > FARTHEST || (index > 0 && mayBeginReport(line.slice(0, index)));
}

/** x86 puts a question mark before such a frame, powerpc a word behind it. */
function isUnsure(text: string): boolean {
  if (text.includes("<EOI>")) return false;
  return text.includes(" ? ") || text.endsWith(" (unreliable)");
}

/** Whether it is a processor in an interrupt rather than a task. */
export function isProcessor(speaker: string): boolean {
  return /^\[ *C/.test(speaker);
}
