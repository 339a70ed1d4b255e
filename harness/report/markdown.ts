// Plain text for a mail to a list, within 72 columns, and Markdown at the same time: whatever comes
// from elsewhere stands in indented blocks, which need no escapes and can't be left.
import wrapAnsi from "wrap-ansi";
import { reproCommand } from "../record/repro.ts";
import type { Run, RunCase, RunFinding } from "../record/run-schema.ts";
import { strayFindings, unexpectedCases } from "../record/unexpected.ts";
import { caseName, findingsOfCase, headline } from "./case-words.ts";
import type { Format } from "./format.ts";
import {
  briefReason,
  durationWords,
  kernelName,
  machineWords,
  runDuration,
  totalsWords,
} from "./words.ts";

const COLUMNS = 72;
/** What makes an indented block in Markdown. */
const INDENT = "    ";
const LABEL = 11;
/** A mail that nobody scrolls through: so many cases are explained, so many named. */
const EXPLAINED = 5;
const NAMED = 20;
const LOG_LINES = 6;

export const markdown: Format = {
  name: "markdown",
  render(run) {
    const unexpected = unexpectedCases(run);
    const blocks = [
      `uffd-wp: ${run.status}`,
      block(facts(run)),
      unexpected.length + strayFindings(run).length > 0 && "Not as expected:",
      ...unexpected.slice(0, EXPLAINED).map((one) => block(explain(run, one))),
      unexpected.length > EXPLAINED && block(others(run, unexpected.slice(EXPLAINED))),
      ...strayFindings(run)
        .slice(0, EXPLAINED)
        .map((finding) => block(["While no case was running:", ...log(finding)])),
    ];
    return `${blocks.filter(Boolean).join("\n\n")}\n`;
  },
};

/** What stands behind a Tested-by: which kernel, which patches, which configuration, how it went. */
function facts(run: Run): string[] {
  const { kernel } = run;
  const took = run.finished ? ` (${durationWords(runDuration(run))})` : "";
  const config = [
    kernel.kconfig.join(" "),
    kernel.configHash && `sha256 ${kernel.configHash.slice(0, 12)}`,
  ];
  return [
    ...field("Base", kernelName(run)),
    ...(kernel.commit ? field("Commit", kernel.commit) : []),
    ...kernel.series.flatMap((subject, index) => field(index === 0 ? "Series" : "", subject)),
    ...field("Config", config.filter(Boolean).join(", ")),
    ...field("Guest", machineWords(run)),
    ...field("Results", `${totalsWords(run)}${took}`),
    ...(run.reason ? run.reason.split("\n").flatMap((line) => field("", line)) : []),
  ];
}

function explain(run: Run, one: RunCase): string[] {
  return [
    `${caseName(run, one)} ${headline(one)}`,
    ...field("  must hold", one.title),
    ...(one.reason ? field("  instead", briefReason(one.reason)) : []),
    ...findingsOfCase(run, one).slice(0, 1).flatMap(log),
    ...command(reproCommand(run, one.id)),
  ];
}

function others(run: Run, cases: readonly RunCase[]): string[] {
  const more = cases.length - NAMED;
  return [
    ...cases.slice(0, NAMED).map((one) => `${caseName(run, one)} ${headline(one)}`),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}

function log({ lines }: RunFinding): string[] {
  return lines.slice(0, LOG_LINES).map((line) => `  | ${line}`);
}

/** A label and its value, wrapped beside it. */
function field(label: string, value: string): string[] {
  if (value === "") return [];
  const width = COLUMNS - INDENT.length - LABEL - 1;
  const lines = wrapAnsi(oneLine(value), width, { hard: true }).split("\n");
  return lines.map((line, index) => `${(index === 0 ? label : "").padEnd(LABEL)} ${line}`);
}

/** Continued with backslashes, so that it can be pasted as it stands. */
function command(text: string): string[] {
  const lines = [""];
  for (const word of text.split(/ (?=-)/)) {
    const last = lines.at(-1) ?? "";
    if (last !== "" && last.length + word.length > COLUMNS - 14) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map(
    (line, index) =>
      `  ${index === 0 ? "" : "    "}${line}${index < lines.length - 1 ? " \\" : ""}`,
  );
}

/** Indented, also what a name with a line break in it goes on with; and cut where it is a log, but never a command. */
function block(lines: readonly string[]): string {
  const cut = (line: string) =>
    line.startsWith("  | ") && line.length > COLUMNS - INDENT.length
      ? `${line.slice(0, COLUMNS - INDENT.length - 1)}…`
      : line;
  return lines
    .flatMap((line) => line.split(/\r\n|\r|\n/))
    .map((line) => `${INDENT}${cut(line)}`.trimEnd())
    .join("\n");
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
