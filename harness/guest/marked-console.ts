// The console of a guest, cut at our marks: they say whose a finding is.
import { EventEmitter } from "node:events";
import type { Finding } from "../klog/finding.ts";
import { type ConsoleLog, openConsoleLog } from "./console-log.ts";
import { createMarkReader, type Mark } from "./marks.ts";
import { waitFor } from "./wait-for.ts";

/** Findings by their place among the marks of a case. */
export interface PlacedFindings {
  /** No case's. */
  readonly before: readonly Finding[];
  readonly during: readonly Finding[];
  /** No case's either, unless the guest is lost with it. */
  readonly after: readonly Finding[];
}

export interface MarkedConsole extends Pick<ConsoleLog, "write" | "tail" | "close"> {
  /** From now on the marks of this case count, and no others. */
  expect(seq: number): void;
  hasSeen(kind: Mark["kind"]): boolean;
  /**
   * Resolves with true once the mark has come by, with false after `limitMs`.
   *
   * @throws {InterruptedError} when the harness is told to stop meanwhile
   */
  sees(kind: Mark["kind"], limitMs: number): Promise<boolean>;
  /** Findings since the last call, a report that is still going on included. */
  takeFindings(): PlacedFindings;
  /** The last mark that counted, and the number of its line. */
  lastMark(): { readonly text: string; readonly line: number };
}

/** Keeps the console of one guest in a file. The first marks that count are those of the boot, 0. */
export function openMarkedConsole(path: string): MarkedConsole {
  const log = openConsoleLog(path);
  const readMarks = createMarkReader();
  const arrivals = new EventEmitter();
  let expected = 0;
  let seen = new Set<Mark["kind"]>();
  let found = nothing();
  let lines = 0;
  let lastMark = { text: "", line: 1 };

  function feed(chunk: Buffer): void {
    log.write(chunk);
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++;
  }

  function pass({ kind, seq, text }: Mark): void {
    if (seq !== expected || seen.has(kind) || seen.has("end")) return;
    // A case whose beginning was lost on the way has had an end all the same.
    found[kind === "begin" ? "before" : "during"].push(...log.takeFindings());
    seen.add(kind);
    lastMark = { text, line: lines };
    arrivals.emit("arrival");
  }

  return {
    write(chunk) {
      let from = 0;
      for (const { next, ...mark } of readMarks(chunk)) {
        feed(chunk.subarray(from, next));
        from = next;
        pass(mark);
      }
      if (from < chunk.length) feed(chunk.subarray(from));
    },
    expect(seq) {
      expected = seq;
      seen = new Set();
    },
    hasSeen: (kind) => seen.has(kind),
    async sees(kind, limitMs) {
      const look = () => seen.has(kind) || undefined;
      const died = new Promise<string>(() => {});
      return (await waitFor(look, { arrivals, died, limitMs })) === true;
    },
    takeFindings() {
      const place = seen.has("end") ? "after" : seen.has("begin") ? "during" : "before";
      found[place].push(...log.takeFindings());
      const taken = found;
      found = nothing();
      return taken;
    },
    lastMark: () => lastMark,
    tail: log.tail,
    close: log.close,
  };
}

/** The findings of a stretch that is no case's. */
export function allOf({ before, during, after }: PlacedFindings): Finding[] {
  return [...before, ...during, ...after];
}

const NEWLINE = 0x0a;

function nothing(): Record<keyof PlacedFindings, Finding[]> {
  return { before: [], during: [], after: [] };
}
