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

/** A class, not closures: a kernel gone mad begins some hundred thousand of them. */
export class Report {
  readonly speaker: string;
  /** The line that it began with, counted from 1. */
  readonly start: number;
  readonly #family: Family;
  readonly #lines: string[];
  readonly #shown: string[];
  #shownAtEnd = 1;
  #endLine: number;
  #characters: number;
  #heard = 1;
  #namedAlready = false;
  #ended = false;
  #allCpus = false;

  constructor(family: Family, first: LogLine, start: number) {
    this.speaker = first.speaker;
    this.#family = family;
    this.start = start;
    this.#lines = [first.text];
    this.#shown = [first.text];
    this.#endLine = start;
    this.#characters = first.text.length;
  }

  /** Whether a line of somebody may belong here. */
  hears({ speaker }: LogLine): boolean {
    return speaker === this.speaker || (this.#allCpus && isProcessor(speaker));
  }

  add(line: LogLine, number: number): void {
    this.#heard++;
    const { text } = line;
    if (text.includes("Sending NMI from CPU")) this.#allCpus = true;
    if (!this.speaker.startsWith("[") && interruptsReport(text)) this.#namedAlready = true;
    this.#keepForName(line);
    if (this.#ended && !text.startsWith("Kernel panic")) return;
    if (this.#shown.length < SHOWN) this.#shown.push(text);
    if (!OF_A_REPORT.test(text)) return;
    this.#endLine = number;
    this.#shownAtEnd = this.#shown.length;
    this.#ended ||= END.test(text);
  }

  #keepForName({ text, unsure }: LogLine): void {
    if (unsure || this.#namedAlready || text.includes("Disabling lock debugging due to")) return;
    if (this.#lines.length > ENOUGH && REPEATS.test(text)) {
      this.#namedAlready = true;
      return;
    }
    this.#lines.push(text);
    this.#characters += text.length;
    this.#namedAlready = this.#lines.length >= MOST_LINES || this.#characters >= MOST_CHARACTERS;
  }

  /** It began with a part of this line, which was cut short and printed again. */
  isStubOf(line: string): boolean {
    const [first = ""] = this.#lines;
    return this.#heard <= STUB && line.startsWith(first) && line !== first;
  }

  /** Nothing that comes can belong to it. */
  get over(): boolean {
    return this.#heard >= MOST_LINES;
  }

  finding(): Finding {
    return {
      ...nameOf(this.#family, this.#lines),
      ...{ line: this.start, endLine: this.#endLine },
      ...{ lines: this.#shown.slice(0, this.#shownAtEnd), count: 1 },
    };
  }
}
