// A summary that fits a screen: what failed and why, where to look, how to see it again.
import pc from "picocolors";
import { reproCommand } from "../record/repro.ts";
import { shortPath } from "../record/results.ts";
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import type { Format, RenderOptions } from "./format.ts";
import {
  caseName,
  excusedCases,
  findingsOfCase,
  headline,
  strayFindings,
  unexpectedCases,
  vacuousPasses,
} from "./unexpected.ts";
import { durationWords, kernelWords, machineWords, runDuration, totalsWords } from "./words.ts";

/** So many cases are explained; of the others the names must do. */
const EXPLAINED = 3;
const NAMED = 12;
const LOG_LINES = 4;

type Colors = ReturnType<typeof pc.createColors>;

export const terminal: Format = {
  name: "terminal",
  render(run, options) {
    const colors = pc.createColors(options.color);
    const unexpected = unexpectedCases(run);
    const blocks = [
      head(run, colors),
      ...unexpected.slice(0, EXPLAINED).map((one) => explain(run, one, options, colors)),
      others(run, unexpected.slice(EXPLAINED)),
      ...strayFindings(run)
        .slice(0, EXPLAINED)
        .map((finding) => explainFinding(finding, options, colors)),
      vacuous(run, colors),
      excused(run, colors),
      foot(run, options, colors),
    ];
    return `${blocks.filter((block) => block !== "").join("\n\n")}\n`;
  },
};

function head(run: Run, colors: Colors): string {
  const lines = [`Kernel   ${kernelWords(run)}`, `Guest    ${machineWords(run)}`];
  if (run.kernel.series.length > 0) {
    lines.push(...run.kernel.series.slice(0, 5).map((subject) => colors.dim(`  + ${subject}`)));
  }
  return lines.join("\n");
}

function explain(run: Run, one: RunCase, { directory }: RenderOptions, colors: Colors): string {
  const paint = one.verdict === "lost" ? colors.yellow : colors.red;
  const lines = [`${paint("✗")} ${colors.bold(caseName(run, one))} ${headline(one)}`];
  lines.push(`    must hold  ${one.title}`);
  if (one.reason) lines.push(`    instead    ${one.reason.split("; ").slice(0, 2).join("; ")}`);
  const [finding] = findingsOfCase(run, one);
  if (finding) {
    const place = `${shortPath(directory)}/${finding.file}:${finding.line}`;
    lines.push(`    kernel     ${finding.title}  ${colors.dim(place)}`);
    lines.push(...finding.lines.slice(0, LOG_LINES).map((line) => colors.dim(`      | ${line}`)));
  }
  lines.push(`    again      ${colors.cyan(reproCommand(run, one.id))}`);
  return lines.join("\n");
}

function others(run: Run, cases: readonly RunCase[]): string {
  if (cases.length === 0) return "";
  const names = cases.slice(0, NAMED).map((one) => `✗ ${caseName(run, one)} ${headline(one)}`);
  const more = cases.length - names.length;
  return [...names, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
}

/** What the baseline has in common with the run is no news, yet no secret. */
function excused(run: Run, colors: Colors): string {
  const cases = excusedCases(run);
  if (!run.baseline || cases.length === 0) return "";
  const names = cases.slice(0, NAMED).map((one) => colors.dim(`  k ${caseName(run, one)}`));
  const more = cases.length - names.length;
  const head = `As in the baseline ${run.baseline.id}: ${cases.length}`;
  return [head, ...names, ...(more > 0 ? [`  and ${more} more`] : [])].join("\n");
}

function explainFinding(finding: RunFinding, { directory }: RenderOptions, colors: Colors): string {
  const place = `${shortPath(directory)}/${finding.file}:${finding.line}`;
  const head = `${colors.red("✗")} ${colors.bold(finding.title)} while no case was running`;
  const lines = finding.lines.slice(0, LOG_LINES).map((line) => colors.dim(`      | ${line}`));
  return [head, `    at         ${place}`, ...lines].join("\n");
}

/** A pass that proves less than it seems is no failure, but must not be taken for more. */
function vacuous(run: Run, colors: Colors): string {
  const cases = vacuousPasses(run);
  const lines = cases.slice(0, EXPLAINED).map((one) => {
    return `${colors.yellow("!")} ${caseName(run, one)}: ${one.because}`;
  });
  const more = cases.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more vacuous passes`] : [])].join("\n");
}

function foot(run: Run, { directory }: RenderOptions, colors: Colors): string {
  const paint = run.status === "passed" ? colors.green : colors.red;
  const took = run.finished ? `  (${durationWords(runDuration(run))})` : "";
  const reason = run.reason ? `: ${run.reason.split("\n")[0]}` : "";
  return [
    `${paint(colors.bold(run.status.toUpperCase()))}${reason}  ${totalsWords(run)}${took}`,
    `Report   ${shortPath(directory)}/report.html`,
  ].join("\n");
}
