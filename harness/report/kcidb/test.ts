// Results, in KCIDB's words: one test a case and repetition, one for the kernel log outside of cases.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { strayFindings } from "../../record/unexpected.ts";
import { findingsOfCase } from "../case-words.ts";
import { machineWords } from "../words.ts";
import { type Ids, ORIGIN, testId } from "./ids.ts";
import { excerpt, plain } from "./text.ts";

export function renderCaseTest(run: Run, one: RunCase, ids: Ids) {
  const log = [one.reason, ...findingsOfCase(run, one).flatMap(({ lines }) => lines), one.output];
  return {
    id: testId(ids, one),
    build_id: ids.build,
    origin: ORIGIN,
    path: ["uffdwp", one.suite, ...one.id.split("/")].map(pathPart).join("."),
    status: statusOf(one),
    comment: plain(one.title),
    start_time: one.started ?? run.started,
    duration: one.durationMs / 1000,
    ...excerpt(log.filter(Boolean).join("\n")),
    environment: environmentOf(run),
    misc: { verdict: one.verdict, expected: one.expected, repetition: one.repetition },
  };
}

/** What the kernel said while no case was running fails no case, and must not get lost. */
export function renderLogTest(run: Run, ids: Ids) {
  const findings = strayFindings(run);
  return {
    id: `${ids.build}-kernel-log`,
    build_id: ids.build,
    origin: ORIGIN,
    path: "uffdwp.kernel-log",
    status: findings.length > 0 ? "FAIL" : "PASS",
    comment: "the kernel says nothing outside of cases",
    start_time: run.started,
    ...excerpt(findings.flatMap(({ lines }) => lines).join("\n")),
    environment: environmentOf(run),
  };
}

/**
 * A known failure is still a failure: the issue and the incident say that it is known. A skip that
 * nothing explains is an error of the test: of the kernel it says nothing.
 */
function statusOf({ outcome, verdict }: RunCase): string {
  if (verdict === "lost") return outcome === "not-run" ? "MISS" : "ERROR";
  if (verdict === "unexpected-skip") return "ERROR";
  if (outcome === "pass") return "PASS";
  return outcome === "skip" ? "SKIP" : "FAIL";
}

function environmentOf(run: Run) {
  return { comment: machineWords(run), misc: run.machine ?? {} };
}

function pathPart(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9_-]+/g, "_") || "_";
}
