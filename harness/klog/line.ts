// A console line without what printk and consoles put around it, and who printed it.
import { printable } from "../process/printable.ts";

export interface LogLine {
  readonly text: string;
  /**
   * Which lines belong together: `[T12]` or `[C0]` where the kernel says who prints
   * (CONFIG_PRINTK_CALLER), `console` where it gives only the time, "" for a line without either.
   */
  readonly speaker: string;
  /** A frame that the unwinder is not sure of: it may be a leftover on the stack. */
  readonly unsure: boolean;
}

const PREFIX =
  /^(?:\*\* \d+ printk messages dropped \*\* )?(?:.{0,200} login: )?(?:<\d+>)?\[ *\d+\.\d+\](\[ *[CT]\d+\])?(?: |$)/;

/** Longer lines are cut: binary garbage has no newlines. */
export const LONGEST_LINE = 16 * 1024;

export function readLine(raw: string): LogLine {
  const line = printable(raw);
  const prefix = PREFIX.exec(line);
  if (!prefix) return { text: line, speaker: "", unsure: false };
  const text = line.slice(prefix[0].length);
  return { text, speaker: prefix[1] ?? "console", unsure: isUnsure(text) };
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
