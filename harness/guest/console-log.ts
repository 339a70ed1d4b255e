// The guest's serial console: kept on disk, read for findings, searched for our marks.
import type { Finding } from "../klog/finding.ts";
import { createFindings } from "../klog/findings.ts";
import { readLine } from "../klog/line.ts";
import { createScanner } from "../klog/scanner.ts";
import { openChannelLog } from "./channel-log.ts";

export interface ConsoleLog {
  write(chunk: Buffer): void;
  /**
   * Findings since the last call, a report that is still going on included; a line that has no end
   * yet only once the log is closed.
   */
  takeFindings(): Finding[];
  /** Resolves once the mark of a case's end has come by, or after `patienceMs`. */
  sawEndOf(seq: number, patienceMs: number): Promise<void>;
  /** The last lines, for a message about a guest that never answered. */
  tail(): string;
  /** @throws {HarnessError} when the log could not be written */
  close(): Promise<void>;
}

/** What a message quotes of the console at most, in bytes. */
const TAIL = 2048;

/** Keeps the console of one guest in a file. */
export function openConsoleLog(path: string): ConsoleLog {
  const log = openChannelLog(path);
  const scanner = createScanner();
  const findings = createFindings();
  let recent = "";
  let wanted: { mark: string; found: () => void } | undefined;

  function lookForMark(): void {
    if (wanted && recent.includes(wanted.mark)) wanted.found();
  }

  return {
    write(chunk) {
      log.write(chunk);
      findings.add(scanner.write(chunk));
      recent = (recent + chunk.toString("latin1")).slice(-TAIL);
      lookForMark();
    },
    takeFindings() {
      findings.add(scanner.take());
      return findings.take();
    },
    async sawEndOf(seq, patienceMs) {
      await new Promise<void>((found) => {
        const timer = setTimeout(found, patienceMs);
        wanted = {
          mark: `uffdwp: end ${seq}\r`,
          found: () => {
            clearTimeout(timer);
            found();
          },
        };
        lookForMark();
      });
      wanted = undefined;
    },
    tail: () =>
      recent
        .split("\n")
        .map(readLine)
        .map(({ before, text }) => before + text)
        .join("\n")
        .trimEnd(),
    close() {
      findings.add(scanner.end());
      return log.close();
    },
  };
}
