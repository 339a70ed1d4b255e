// KCIDB, schema 5.3: one build and its tests, as kernelci.org's database takes them.
import { createHash } from "node:crypto";
import type { Run, RunCase } from "../record/run-schema.ts";
import type { Format } from "./format.ts";
import { findingsOfCase } from "./unexpected.ts";
import { machineWords } from "./words.ts";

const ORIGIN = "uffdwp";
/** The schema's own limit, in characters. */
const EXCERPT = 16_384;

export const kcidb: Format = {
  name: "kcidb",
  render(run) {
    const ids = idsOf(run);
    const known = run.cases.filter((one) => one.verdict === "known");
    const document = {
      version: { major: 5, minor: 3 },
      checkouts: [
        {
          ...{ id: ids.checkout, origin: ORIGIN, start_time: run.started, valid: true },
          ...{ tree_name: run.kernel.source, misc: { series: run.kernel.series } },
        },
      ],
      builds: [
        {
          ...{ id: ids.build, checkout_id: ids.checkout, origin: ORIGIN, start_time: run.started },
          ...{ architecture: "x86_64", config_name: run.kernel.kconfig.join("+") || "unknown" },
          status: run.status === "untestable" && !run.machine ? "FAIL" : "PASS",
          ...(run.status === "untestable" && { log_excerpt: run.reason.slice(0, EXCERPT) }),
        },
      ],
      tests: run.cases.map((one) => renderTest(run, one, ids)),
      issues: [...new Map(known.map((one) => [issueId(one), one])).entries()].map(([id, one]) => ({
        ...{ id, version: 1, origin: ORIGIN, comment: one.because, culprit: { code: true } },
      })),
      incidents: known.map((one) => ({
        ...{ id: `${ORIGIN}:${hash(testId(ids.build, one), issueId(one))}`, origin: ORIGIN },
        ...{ issue_id: issueId(one), issue_version: 1, present: true },
        test_id: testId(ids.build, one),
      })),
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};

interface Ids {
  readonly checkout: string;
  readonly build: string;
}

function idsOf({ id, kernel }: Run): Ids {
  const checkout = `${ORIGIN}:${hash(kernel.source, ...kernel.series)}`;
  return {
    checkout,
    build: `${ORIGIN}:${hash(checkout, kernel.configHash, kernel.buildId ?? "", id)}`,
  };
}

function renderTest(run: Run, one: RunCase, ids: Ids) {
  const log = [one.reason, ...findingsOfCase(run, one).flatMap(({ lines }) => lines), one.output];
  const excerpt = log.filter(Boolean).join("\n").slice(0, EXCERPT);
  return {
    ...{ id: testId(ids.build, one), build_id: ids.build, origin: ORIGIN },
    path: ["uffdwp", one.suite, ...one.id.split("/")].map(pathPart).join("."),
    ...{ status: statusOf(one), duration: one.durationMs / 1000, start_time: run.started },
    ...(excerpt && { log_excerpt: excerpt }),
    environment: { comment: machineWords(run), misc: run.machine ?? {} },
    misc: { verdict: one.verdict, expected: one.expected, repetition: one.repetition },
  };
}

/** A known failure is still a failure: the issue and the incident say that it is known. */
function statusOf({ outcome, verdict }: RunCase): string {
  if (verdict === "lost") return outcome === "not-run" ? "MISS" : "ERROR";
  if (outcome === "pass") return verdict === "unexpected-pass" ? "DONE" : "PASS";
  return outcome === "skip" ? "SKIP" : "FAIL";
}

function testId(build: string, { id, repetition }: RunCase): string {
  return `${build}-${id.replaceAll("/", ".")}-${repetition}`;
}

function issueId({ because }: RunCase): string {
  return `${ORIGIN}:${hash(because)}`;
}

function pathPart(text: string): string {
  return text.replaceAll(/[^\w-]+/g, "_");
}

function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 32);
}
