// Markdown for a merge request, a mail or a step summary.
import { reproCommand } from "../record/repro.ts";
import type { Run, RunCase } from "../record/run-schema.ts";
import type { Format } from "./format.ts";
import {
  caseName,
  findingsOfCase,
  headline,
  strayFindings,
  unexpectedCases,
} from "./unexpected.ts";
import { durationWords, kernelWords, machineWords, runDuration, totalsWords } from "./words.ts";

/** Sites cut long comments; of the rest the names must do. */
const EXPLAINED = 10;

export const markdown: Format = {
  name: "markdown",
  render(run) {
    const unexpected = unexpectedCases(run);
    const rest = unexpected.slice(EXPLAINED);
    const blocks = [
      `## uffd-wp: ${run.status}`,
      `${cell(kernelWords(run))}  \n${machineWords(run)}${run.finished ? `, ${durationWords(runDuration(run))}` : ""}`,
      run.reason && fence(run.reason.split("\n")),
      `**${totalsWords(run)}**`,
      ...unexpected.slice(0, EXPLAINED).map((one) => explain(run, one)),
      rest.length > 0 &&
        rest.map((one) => `- \`${caseName(run, one)}\` ${cell(headline(one))}`).join("\n"),
      ...strayFindings(run).map(({ title, lines }) => `### ${cell(title)}\n\n${fence(lines)}`),
    ];
    return `${blocks.filter(Boolean).join("\n\n")}\n`;
  },
};

function explain(run: Run, one: RunCase): string {
  const findings = findingsOfCase(run, one);
  const parts = [
    `### \`${caseName(run, one)}\` ${cell(headline(one))}`,
    `| | |\n|---|---|\n| must hold | ${cell(one.title)} |\n| instead | ${cell(one.reason)} |`,
    ...findings.map(({ lines }) => fence(lines)),
    fence([reproCommand(run, one.id)]),
  ];
  return parts.join("\n\n");
}

function fence(lines: readonly string[]): string {
  // Longer than any run of back quotes inside.
  const longest = Math.max(2, ...lines.map((line) => /`+/.exec(line)?.[0].length ?? 0));
  const mark = "`".repeat(longest + 1);
  return [mark, ...lines, mark].join("\n");
}

function cell(text: string): string {
  return text.replaceAll(/[\\`*_<>|[\]]/g, "\\$&").replaceAll(/\s+/g, " ");
}
