// A kernel log in, findings out: fed in pieces as they come, in one pass and bounded memory.
import type { Finding } from "./finding.ts";
import { guiltyFunction } from "./guilty-function.ts";
import { cleanLine } from "./line.ts";
import { CONSEQUENCE, HARMLESS, type Signature, signatures } from "./signatures.ts";

export interface Scanner {
  /** Takes the next bytes; returns the reports that are complete now. */
  write(chunk: string | Uint8Array): Finding[];
  /** Ends the report that is still going on, if there is one; more may be written afterwards. */
  end(): Finding[];
}

interface Report {
  readonly signature: Signature;
  readonly match: RegExpExecArray;
  readonly line: number;
  endLine: number;
  readonly lines: string[];
}

/** What a finding keeps of its report, in lines. */
const KEPT = 100;
/** A report without an end ends here, in lines. */
const LONGEST = 400;
/** Longer lines are cut: binary garbage has no newlines. */
const LONGEST_LINE = 16 * 1024;
/** Most lines have none of these words and need no closer look. */
const WORTH_A_LOOK =
  /BUG|WARNING|INFO:|KASAN|KFENCE|UBSAN|LOCKUP|panic|Oops|fault|divide error|invalid opcode|ut of memory|page_table_check/;
const END = /---\[ end (?:trace|Kernel panic)|uffdwp: (?:begin|end) \d+/;

export function createScanner(): Scanner {
  const decoder = new TextDecoder();
  let rest = "";
  let lineNumber = 0;
  let report: Report | undefined;
  /** A fatal report is followed by panics that add nothing. */
  let sawFatal = false;

  function close(): Finding[] {
    if (!report) return [];
    const finding = findingOf(report);
    sawFatal ||= !report.signature.single;
    report = undefined;
    return [finding];
  }

  function takeLine(raw: string): Finding[] {
    lineNumber++;
    if (!report && !WORTH_A_LOOK.test(raw)) return [];
    const text = cleanLine(raw);
    const found = WORTH_A_LOOK.test(text) ? recognise(text) : undefined;
    if (report && (!found || belongsTo(report, found.signature, text)))
      return carryOn(report, text);
    const finished = close();
    if (found && !(sawFatal && CONSEQUENCE.test(text))) {
      report = { ...found, line: lineNumber, endLine: lineNumber, lines: [text] };
      if (found.signature.single) finished.push(...close());
    }
    return finished;
  }

  function carryOn(current: Report, text: string): Finding[] {
    if (/uffdwp: (?:begin|end) \d+/.test(text)) return close();
    current.endLine = lineNumber;
    if (current.lines.length < KEPT) current.lines.push(text);
    return END.test(text) || lineNumber - current.line >= LONGEST ? close() : [];
  }

  return {
    write(chunk) {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) {
        lines.push(rest);
        rest = "";
      }
      return lines.flatMap((line) => takeLine(line.slice(0, LONGEST_LINE)));
    },
    end() {
      const last = rest === "" ? [] : takeLine(rest.slice(0, LONGEST_LINE));
      rest = "";
      return [...last, ...close()];
    },
  };
}

/** The findings of a whole log. */
export function findingsOf(log: string | Uint8Array): Finding[] {
  const scanner = createScanner();
  return [...scanner.write(log), ...scanner.end()];
}

function recognise(text: string): { signature: Signature; match: RegExpExecArray } | undefined {
  if (HARMLESS.some((pattern) => pattern.test(text))) return undefined;
  for (const signature of signatures) {
    const match = signature.pattern.exec(text);
    if (match) return { signature, match };
  }
  return undefined;
}

/** An oops line after the BUG that explains it, or the panic at its end, is the same report. */
function belongsTo(report: Report, next: Signature, text: string): boolean {
  if (CONSEQUENCE.test(text)) return true;
  const explains = ["bug", "oops", "kasan", "kfence", "bad-page"].includes(report.signature.kind);
  return explains && next.kind === "oops";
}

function findingOf({ signature, match, line, endLine, lines }: Report): Finding {
  const guilty = guiltyFunction(lines.slice(1));
  const access = lines.map((one) => /^(Read|Write) of size/.exec(one)?.[1]).find(Boolean);
  const wantsGuilty = signature.title.includes("{fn}");
  const title = signature.title
    .replace(/\$(\d)/g, (_, n) => match[Number(n)] ?? "")
    .replace(" {access}", access ? ` ${access}` : "")
    .replace(" in {fn}", guilty ? ` in ${guilty}` : "")
    .trim();
  return {
    ...{ title, kind: signature.kind, line, endLine, lines },
    corrupted: wantsGuilty && guilty === undefined,
  };
}
