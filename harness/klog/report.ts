// A report while it is being read: what belongs to it, and where it ends.
import type { Finding } from "./finding.ts";
import { isProcessor, type LogLine } from "./line.ts";
import { interruptsReport } from "./recognise.ts";
import type { Family } from "./signatures/signature.ts";
import { nameOf } from "./title.ts";

/** What a finding keeps of its report, in lines. */
const SHOWN = 100;
/** What a report is named from, at most. */
const MOST_LINES = 1000;
const MOST_CHARACTERS = 256 * 1024;
/** What a line that was cut short has behind it at most until it is printed again, in lines. */
const STUB = 4;
/** So many lines say enough: a panic after them adds a trace that says the same once more. */
const ENOUGH = 22;

const END = /---\[ end (?:trace|Kernel panic)/;
const REPEATS = /Kernel panic - not syncing|WARNING: possible circular locking dependency detected/;
/** Lines that only a report has; others may stand between them. */
const OF_A_REPORT =
  /^\s|^[A-Z][A-Z0-9_]{1,4}:|^[a-z]\w+[+.]|^(?:Call [Tt]race|Code|Modules linked in|Hardware name|Workqueue|Memory state|Allocated|Freed|Read of|Write of|The buggy|which|page|flags|raw|stack|turn|Kernel panic|Kernel Offset|Oops|Internal error|\d+ locks? held|(?:hard|soft)irqs last|irq event|but task|#PF|---|===|->|\[<|x\d|pc :|lr :|sp :)/;

export interface Report {
  readonly speaker: string;
  /** Whether a line of somebody may belong here. */
  hears(line: LogLine): boolean;
  add(line: LogLine, number: number): void;
  /** It began with a part of this line, which was cut short and printed again. */
  isStubOf(line: string): boolean;
  /** Nothing that comes can belong to it. */
  readonly over: boolean;
  finding(): Finding;
}

/** A report whose first line stands at `start`, counted from 1. */
export function beginReport(family: Family, first: LogLine, start: number): Report {
  const { speaker } = first;
  const lines = [first.text];
  const shown = [first.text];
  let shownAtEnd = 1;
  let endLine = start;
  let characters = first.text.length;
  let heard = 1;
  let namedAlready = false;
  let ended = false;
  let allCpus = false;

  function keepForName({ text, unsure }: LogLine): void {
    if (unsure || namedAlready || text.includes("Disabling lock debugging due to")) return;
    if (lines.length > ENOUGH && REPEATS.test(text)) namedAlready = true;
    else {
      lines.push(text);
      characters += text.length;
      namedAlready = lines.length >= MOST_LINES || characters >= MOST_CHARACTERS;
    }
  }

  return {
    speaker,
    hears: (line) => line.speaker === speaker || (allCpus && isProcessor(line.speaker)),
    add(line, number) {
      heard++;
      const { text } = line;
      if (text.includes("Sending NMI from CPU")) allCpus = true;
      if (!speaker.startsWith("[") && interruptsReport(text)) namedAlready = true;
      keepForName(line);
      if (ended && !text.startsWith("Kernel panic")) return;
      if (shown.length < SHOWN) shown.push(text);
      if (!OF_A_REPORT.test(text)) return;
      endLine = number;
      shownAtEnd = shown.length;
      ended ||= END.test(text);
    },
    isStubOf: (line) => heard <= STUB && line.startsWith(first.text) && line !== first.text,
    get over() {
      return heard >= MOST_LINES;
    },
    finding: () => ({
      ...nameOf(family, lines),
      ...{ line: start, endLine, lines: shown.slice(0, shownAtEnd), count: 1 },
    }),
  };
}
