// SARIF 2.1.0, for what shows results beside the source: a result each that wants attention, at the
// line of the series where its trace points to.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import { reproCommand } from "../record/repro.ts";
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../record/unexpected.ts";
import { caseName, findingsOfCase, headline } from "./case-words.ts";
import type { Format } from "./format.ts";
import { placeInSeries } from "./series-place.ts";

const RULES: Readonly<Record<string, string>> = {
  regression: "A case does not behave as this kernel should",
  flaky: "A case behaves now as this kernel should, and now it does not",
  "unexpected-pass": "A case passes where a known bug, or a lacking feature, should not let it",
  "unexpected-skip": "A case skips although the kernel has all that it needs",
  lost: "A case could not be judged",
  "kernel-log": "The kernel complains while no case is running",
};

export const sarif: Format = {
  name: "sarif",
  render(run) {
    const results = [
      ...unexpectedCases(run).map((one) => caseResult(run, one)),
      ...strayFindings(run).map((finding) => findingResult(run, finding)),
    ];
    const rules = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
    const document = {
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [{ tool: { driver: { name: "uffdwp", rules } }, results }],
    };
    return `${JSON.stringify(document, null, 2)}\n`;
  },
};

function caseResult(run: Run, one: RunCase) {
  const findings = findingsOfCase(run, one);
  const text = [
    `${caseName(run, one)} ${headline(one)}. Must hold: ${one.title}.`,
    ...(one.reason ? [`Instead: ${one.reason}`] : []),
    ...findings.map(({ title }) => title),
    reproCommand(run, one.id),
  ].join("\n");
  return {
    ruleId: one.verdict,
    level: one.verdict === "lost" ? "warning" : "error",
    message: { text },
    ...locations(run, findings),
    partialFingerprints: { "case/v1": one.id },
  };
}

function findingResult(run: Run, finding: RunFinding) {
  const text = [finding.title, ...finding.lines].join("\n");
  return {
    ruleId: "kernel-log",
    level: "error",
    message: { text },
    ...locations(run, [finding]),
    partialFingerprints: { "finding/v1": finding.title },
  };
}

function locations(run: Run, findings: readonly RunFinding[]) {
  const places = findings.flatMap((finding) => placeInSeries(run, finding) ?? []);
  if (places.length === 0) return {};
  return {
    locations: places.map(({ file, line }) => ({
      physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line } },
    })),
  };
}
