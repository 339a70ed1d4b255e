// A kernel log in, findings out: fed in pieces as they come, in one pass and bounded memory.
import type { Finding } from "./finding.ts";
import { readLine } from "./line.ts";
import { createLineSplitter } from "./line-splitter.ts";
import { familyOf, isConsequence, mayBeginReport, saysAgain } from "./recognise.ts";
import { Report } from "./report.ts";
import { RESTART } from "./signatures/others.ts";

export interface Scanner {
  /** Takes the next bytes; returns the reports that are complete now. */
  write(chunk: string | Uint8Array): Finding[];
  /** Ends the reports that are still going on, but not the line: more may be written. */
  take(): Finding[];
  /** Ends the last line and the reports that are still going on: the log has ended. */
  end(): Finding[];
}

/** Reports that go on at the same time, where the kernel says who prints a line. */
const MOST_AT_A_TIME = 8;
/** A case's marks: what comes then is another case's. */
const MARK = /uffdwp: (?:begin|end) \d+/;
const TIME = /\[ *\d+\.\d+\]/;

export function createScanner(): Scanner {
  const splitter = createLineSplitter();
  let number = 0;
  let open: Report[] = [];
  /** A fatal report is followed by panics that add nothing. */
  let sawReport = false;
  /** Only after that a kernel that boots is one that boots again. */
  let sawKernel = false;

  function close(which: (report: Report) => boolean): Finding[] {
    const closed = open.filter(which);
    if (closed.length === 0) return [];
    open = open.filter((report) => !closed.includes(report));
    return closed.map((report) => report.finding());
  }

  function takeLine(raw: string): Finding[] {
    number++;
    sawKernel ||= TIME.test(raw);
    if (open.length === 0 && !mayBeginReport(raw)) return [];
    if (saysAgain(raw)) {
      // What began with the line before begins with the next one.
      open = open.filter(({ start }) => start !== number - 1);
      return [];
    }
    const line = readLine(raw);
    if (MARK.test(line.text)) return close(() => true);
    const family = familyOf(line.text);
    const listening = open.filter((report) => report.hears(line));
    if (!family || !begins(line.text, listening)) {
      for (const report of listening) report.add(line, number);
      return close(({ over }) => over);
    }
    const finished = close(({ speaker }) => speaker === line.speaker);
    if (open.length >= MOST_AT_A_TIME) finished.push(...close((report) => report === open[0]));
    open.push(new Report(family, line, number));
    sawReport = true;
    return finished;
  }

  function begins(text: string, listening: readonly Report[]): boolean {
    if (listening.some((report) => report.goesOnWith(text))) return false;
    if (listening.some((report) => report.isStubOf(text))) return false;
    if (sawReport && isConsequence(text)) return false;
    return sawKernel || !text.includes(RESTART);
  }

  return {
    write: (chunk) => splitter.write(chunk).flatMap(takeLine),
    take: () => close(() => true),
    end: () => [...splitter.end().flatMap(takeLine), ...close(() => true)],
  };
}
