// What a report is called, and whether that can be trusted.
import type { Family, Signature } from "./signatures/signature.ts";
import { stableTitle } from "./stable-title.ts";
import { hasWholeTrace, walk } from "./stack.ts";

export interface Named {
  readonly title: string;
  readonly kind: string;
  /** The report is cut short or mixed up: the title is a guess. */
  readonly corrupted: boolean;
}

/** @param lines the report, without what printk puts before its lines */
export function nameOf(family: Family, lines: readonly string[]): Named {
  for (const [at, line] of lines.entries()) {
    if (!line.includes(family.header)) continue;
    const found = findSignature(family, line);
    if (found.length > 0) return named(found, lines.slice(at)) ?? unnamed(family, lines, true);
  }
  return unnamed(family, lines, false);
}

/** Whether a report that begins with this line has a trace below it. */
export function needsTrace(family: Family, line: string): boolean {
  return findSignature(family, line).some(({ signature }) => !signature.traceless);
}

interface Found {
  readonly signature: Signature;
  readonly match: RegExpExecArray;
}

/** A line that says its header more often says it to keep us busy. */
const MOST_HEADERS = 8;

/** Those that match earliest in the line, in the order of the table. */
function findSignature({ header, signatures }: Family, line: string): Found[] {
  let at = line.indexOf(header);
  for (let count = 0; at >= 0 && count < MOST_HEADERS; count++) {
    const found = signatures.flatMap((signature) => {
      const match = matchAt(signature.line, line, at);
      return match ? [{ signature, match }] : [];
    });
    if (found.length > 0) return found;
    at = line.indexOf(header, at + 1);
  }
  return [];
}

/** Only there: tried at every place of a line, a pattern costs one more power of its length. */
function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  const sticky = stickyOf(pattern);
  sticky.lastIndex = at;
  return sticky.exec(line);
}

const stickies = new Map<RegExp, RegExp>();

function stickyOf(pattern: RegExp): RegExp {
  const known = stickies.get(pattern);
  if (known) return known;
  const sticky = new RegExp(pattern.source, "y");
  stickies.set(pattern, sticky);
  return sticky;
}

function named(found: readonly Found[], lines: readonly string[]): Named | undefined {
  for (const { signature, match } of found) {
    const more = followed(lines, signature.followedBy ?? []);
    if (!more) continue;
    const groups = [...match.slice(1), ...more];
    const walked = signature.walk && walk(lines, signature.walk);
    const title = signature.title
      .replace(/\$(\d)/g, (_, group) => groups[Number(group) - 1] ?? "")
      .replace("{fn}", walked?.guilty ?? "corrupted");
    const corrupted =
      signature.remnant === true ||
      walked?.complete === false ||
      /\[ *\d+\.\d+\]/.test(title) ||
      (!signature.traceless && !hasWholeTrace(lines));
    return { title: stableTitle(title), kind: signature.kind, corrupted };
  }
  return undefined;
}

/** The groups of the lines that must follow the first, in order; undefined when one is missing. */
function followed(lines: readonly string[], patterns: readonly RegExp[]): string[] | undefined {
  const groups: string[] = [];
  let at = 1;
  for (const pattern of patterns) {
    let match: RegExpExecArray | null = null;
    while (!match && at < lines.length) match = pattern.exec(lines[at++] as string);
    if (!match) return undefined;
    groups.push(...match.slice(1));
  }
  return groups;
}

/** A report without a signature is called what its line says. */
function unnamed({ header, kind }: Family, lines: readonly string[], cut: boolean): Named {
  const line = lines[0] ?? "";
  const title = stableTitle(line.slice(line.indexOf(header)));
  return { title, kind, corrupted: cut };
}
