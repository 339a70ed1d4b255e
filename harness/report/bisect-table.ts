// A bisection for the terminal: the commit, what it rests on, and each step.
import pc from "picocolors";
import type { BisectRecord, BisectStep, Commit } from "../hunt/bisect-record.ts";
import { sightingsIn } from "../hunt/confidence.ts";
import type { Colors } from "./colors.ts";
import { percentWords } from "./words.ts";

/** @param directory of the hunt, as a person names it */
export function bisectTable(
  record: BisectRecord,
  { directory, color }: { readonly directory: string; readonly color: boolean },
): string {
  const colors = pc.createColors(color);
  const blocks = [
    record.steps.map((step) => stepLine(step, colors)).join("\n"),
    resultWords(record, colors),
    evidenceWords(record, directory),
    [
      `Confidence  ${confidenceWords(record)}`,
      `Report      ${directory}/report.html`,
      `Log         ${directory}/bisect.log`,
    ].join("\n"),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function stepLine({ sha, subject, verdict, why, reused }: BisectStep, colors: Colors): string {
  const paint = { good: colors.green, bad: colors.red, skip: colors.yellow }[verdict];
  const same = reused ? " (same kernel as before)" : "";
  const said = why || same ? colors.dim(`\n      ${why}${same}`) : "";
  return `${paint(verdict.padEnd(5))} ${sha.slice(0, 12)} ${subject}${said}`;
}

function resultWords(record: BisectRecord, colors: Colors): string {
  const { firstBad, firstFixed, candidates, terms } = record;
  const found = firstBad ?? firstFixed;
  if (!found) {
    const lines = candidates.map((one) => `  ${one.sha.slice(0, 12)} ${one.subject}`);
    return [
      colors.yellow("Only commits that can't be judged are left; it is one of"),
      ...lines,
    ].join("\n");
  }
  return `${colors.bold(`The first ${terms.new} commit is ${found.sha}`)}\n${commitWords(found)}`;
}

function commitWords({ subject, author, date }: Commit): string {
  return `    ${subject}\n    Author  ${author}\n    Date    ${date}`;
}

function evidenceWords({ evidence: { good, bad } }: BisectRecord, directory: string): string {
  const line = (name: string, step: BisectStep | null) =>
    step
      ? [
          `${name.padEnd(12)}${step.sha.slice(0, 12)} ${step.why || "as expected"}`,
          `            npx uffdwp report ${directory}/${step.run}`,
        ]
      : [];
  return [...line("Bad", bad), ...line("Good", good)].join("\n");
}

/** `99.87 %: bad kernels showed it 9 of 9 times`. */
export function confidenceWords({ confidence, ends, steps }: BisectRecord): string {
  const bad = [...ends, ...steps].filter((one) => one.verdict === "bad");
  const { shown, asked } = sightingsIn(bad);
  return `${percentWords(confidence)}: bad kernels showed it ${shown} of ${asked} times`;
}
