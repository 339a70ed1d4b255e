// What a summary says of each problem, at length, in brief, and in a line.

import { reproCommand } from "../record/repro.ts";
import { shortPath } from "../record/results.ts";
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../record/unexpected.ts";
import { caseName, excusedCases, findingsOfCase, headline, vacuousPasses } from "./case-words.ts";
import type { Colors } from "./colors.ts";
import type { RenderOptions } from "./format.ts";
import { briefReason } from "./words.ts";

const LOG_LINES = 4;
export const COLUMNS = 80;

/** One block a problem, each in several lengths, the longest first, the last of them one line. */
export function problemBlocks(run: Run, options: RenderOptions, colors: Colors): string[][] {
  const inLengths = (one: RunCase) => caseLengths(run, one, options, colors);
  // What speaks of the kernel comes before what only says that we don't know.
  const isOfKernel = ({ verdict }: RunCase) => verdict !== "lost";
  return [
    ...unexpectedCases(run).filter(isOfKernel).map(inLengths),
    ...strayFindings(run).map((finding) => findingLengths(finding, options, colors)),
    ...unexpectedCases(run)
      .filter((one) => !isOfKernel(one))
      .map(inLengths),
    // A pass that proves less than it seems is no failure, but must not be taken for more.
    ...vacuousPasses(run).map((one) => [
      `${colors.yellow("!")} ${brief(`${caseName(run, one)}: ${one.because}`, 2)}`,
    ]),
    ...excusedLengths(run, colors),
  ];
}

/** What fails as it did in the baseline: named where there is room. */
function excusedLengths(run: Run, colors: Colors): string[][] {
  const cases = excusedCases(run);
  if (!run.baseline || cases.length === 0) return [];
  const head = `As in the baseline ${run.baseline.id}: ${cases.length}`;
  const names = cases.map((one) => colors.dim(`  k ${caseName(run, one)}`));
  return [[[head, ...names].join("\n"), head]];
}

function caseLengths(run: Run, one: RunCase, options: RenderOptions, colors: Colors): string[] {
  const paint = one.verdict === "lost" ? colors.yellow : colors.red;
  const name = `${paint("✗")} ${colors.bold(caseName(run, one))} ${headline(one)}`;
  const said = [
    brief(`    must hold  ${one.title}`),
    ...(one.reason ? [brief(`    instead    ${briefReason(one.reason, 2)}`)] : []),
  ];
  const [finding] = findingsOfCase(run, one);
  const kernel = finding
    ? brief(`    kernel     ${finding.title}  ${placeOf(finding, options)}`)
    : [];
  const log = (finding?.lines ?? []).slice(0, LOG_LINES).map((line) => logLine(line, colors));
  const again = `    again      ${colors.cyan(reproCommand(run, one.id))}`;
  return [
    [name, ...said, kernel, ...log, again].flat().join("\n"),
    [name, ...said, kernel, again].flat().join("\n"),
    name,
  ];
}

function findingLengths(finding: RunFinding, options: RenderOptions, colors: Colors): string[] {
  const head = `${colors.red("✗")} ${colors.bold(finding.title)} while no case was running`;
  const lines = finding.lines.slice(0, LOG_LINES).map((line) => logLine(line, colors));
  const at = `    at         ${placeOf(finding, options)}`;
  return [[head, at, ...lines].join("\n"), [head, at].join("\n"), head];
}

function placeOf({ file, line }: RunFinding, { directory }: RenderOptions): string {
  return `${shortPath(directory)}/${file}:${line}`;
}

function logLine(line: string, colors: Colors): string {
  return colors.dim(brief(`      | ${line}`));
}

/** What is there to be read, not copied, may be cut; `taken` are columns that something else has. */
export function brief(line: string, taken = 0): string {
  const width = COLUMNS - taken;
  return line.length <= width ? line : `${line.slice(0, width - 1)}…`;
}
