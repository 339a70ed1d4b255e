// Runs that a hunt asks about.
import { deriveRun } from "../../harness/record/derive-run.ts";
import type { Run, RunCase } from "../../harness/record/run-schema.ts";
import { begin, end, events } from "../record/sample-journal.ts";

export const sample = deriveRun([begin, ...events, end]);

/** The sample with other outcomes; every repetition of a case is one of `outcomes`. */
export function runWith(
  outcomes: Record<string, RunCase["outcome"][]>,
  titles: string[] = [],
): Run {
  const [usual] = sample.cases;
  const cases = Object.entries(outcomes).flatMap(([id, all]) =>
    all.map((outcome, repetition): RunCase => {
      const verdict = outcome === "pass" ? "ok" : outcome === "error" ? "lost" : "regression";
      return { ...(usual as RunCase), id, outcome, repetition, verdict };
    }),
  );
  const [finding] = sample.findings;
  const findings = titles.flatMap((title) => (finding ? [{ ...finding, title, case: null }] : []));
  return { ...sample, cases, findings };
}
