// A report while it is being read: what belongs to it, and where it ends.
import type { Finding } from "./finding.ts";
import { isProcessor, type LogLine } from "./line.ts";
import { interruptsReport, isDeath, isDying, isLoss, mayContinueReport } from "./recognise.ts";
import type { Family } from "./signatures/signature.ts";
import { nameOf, needsTrace } from "./title.ts";

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
const TRACE = /Call [Tt]race|[Bb]acktrace:/;
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
  #traced = false;
  #dead: boolean;
  #allCpus = false;

  constructor(family: Family, first: LogLine, start: number) {
    this.speaker = first.speaker;
    this.#family = family;
    this.start = start;
    this.#lines = [first.text];
    this.#shown = [first.text];
    this.#endLine = start;
    this.#characters = first.text.length;
    this.#dead = isDeath(first.text);
  }

  /** Whether a line of somebody may belong here. */
  hears({ speaker }: LogLine): boolean {
    return speaker === this.speaker || (this.#allCpus && isProcessor(speaker));
  }

  add(line: LogLine, number: number): void {
    this.#heard++;
    const { text } = line;
    if (text.includes("Sending NMI from CPU")) this.#allCpus = true;
    this.#traced ||= TRACE.test(text);
    this.#dead ||= isDeath(text);
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

  /** Whether a line that could begin a report says more about this one. */
  goesOnWith(line: string): boolean {
    if (!mayContinueReport(line)) return false;
    if (isLoss(line) && this.#dead) return true;
    if (this.#isWhole()) return false;
    return !isDeath(line) || isDying(this.#first);
  }

  /** What more there is to say says a report of its own. */
  #isWhole(): boolean {
    if (this.#ended || this.#traced) return true;
    return !isDying(this.#first) && !needsTrace(this.#family, this.#first);
  }

  get #first(): string {
    return this.#lines[0] ?? "";
  }

  /** It began with a part of this line, which was cut short and printed again. */
  isStubOf(line: string): boolean {
    return this.#heard <= STUB && line.startsWith(this.#first) && line !== this.#first;
  }

  /** Nothing that comes can belong to it. */
  get over(): boolean {
    return this.#heard >= MOST_LINES;
  }

  finding(): Finding {
    return {
      ...nameOf(this.#family, this.#lines),
      line: this.start,
      endLine: this.#endLine,
      lines: this.#shown.slice(0, this.#shownAtEnd),
      count: 1,
    };
  }
}
