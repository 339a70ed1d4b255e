// What a log says more than once is one finding that is counted.
import type { Finding } from "./finding.ts";
import { createScanner } from "./scanner.ts";

/** Different findings that are kept of one case or one log; a kernel gone mad has no end of them. */
const MOST = 200;

export interface Findings {
  add(findings: readonly Finding[]): void;
  /** Those since the last call, by their place in the log. */
  take(): Finding[];
}

/** Collects findings: the first of each title, with the count of all. */
export function createFindings(): Findings {
  let byTitle = new Map<string, Finding>();

  function add(finding: Finding): void {
    const full = byTitle.size >= MOST && !byTitle.has(finding.title);
    const one = full ? { ...finding, ...FLOOD } : finding;
    const before = byTitle.get(one.title);
    const count = (before?.count ?? 0) + one.count;
    byTitle.set(one.title, { ...(before ?? one), count });
  }

  return {
    add(findings) {
      findings.forEach(add);
    },
    take() {
      const taken = [...byTitle.values()].sort((a, b) => a.line - b.line);
      byTitle = new Map();
      return taken;
    },
  };
}

const FLOOD = { title: `more than ${MOST} different findings`, kind: "flood", corrupted: false };

/** The findings of a whole log, which may come in pieces. */
export async function findingsOf(
  log: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): Promise<Finding[]> {
  const scanner = createScanner();
  const findings = createFindings();
  for await (const chunk of log) findings.add(scanner.write(chunk));
  findings.add(scanner.end());
  return findings.take();
}
