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
    const found = findSignature(family.signatures, line);
    if (found.length > 0) return named(found, lines.slice(at)) ?? unnamed(family, lines, true);
  }
  return unnamed(family, lines, false);
}

/** Whether a report that begins with this line has a trace below it. */
export function needsTrace({ signatures }: Family, line: string): boolean {
  return findSignature(signatures, line).some(({ signature }) => !signature.traceless);
}

interface Found {
  readonly signature: Signature;
  readonly match: RegExpExecArray;
}

/** Those that match earliest in the line, in the order of the table. */
function findSignature(signatures: readonly Signature[], line: string): Found[] {
  let found: Found[] = [];
  let earliest = Infinity;
  for (const signature of signatures) {
    const match = signature.line.exec(line);
    if (!match || match.index > earliest) continue;
    if (match.index < earliest) found = [];
    earliest = match.index;
    found.push({ signature, match });
  }
  return found;
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
