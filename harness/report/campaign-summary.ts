// A campaign in a terminal: what survived first, then who noticed what, and the sum.
import pc from "picocolors";
import type { CampaignRecord, MutantRecord } from "../record/campaign-record.ts";
import { isAnyTried } from "../record/campaign-verdict.ts";

/** Survivors told at length; the rest stands in the report. */
const CASES_SHOWN = 3;

/** A campaign in words. */
export function campaignSummary(record: CampaignRecord, { color }: { color: boolean }): string {
  const colors = pc.createColors(color);
  const { mutants, killed, survived, score, suites, kernel, durations, distrusted, idle } = record;
  const survivors = mutants.filter(({ status }) => status === "survived");
  const others = mutants.filter(({ status }) => !["survived", "killed"].includes(status));
  const wrong = mutants.flatMap(({ id, contradictions }) =>
    contradictions.map((words) => `CONTRADICTION ${id}: ${firstLine(words)}`),
  );
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const lines = [
    ...wrong.map(colors.red),
    ...survivors.flatMap((one) => [colors.red(`SURVIVED ${one.id}`), ...survivorLines(one)]),
    ...others.map(({ id, status, reason }) => {
      const isWrong = status === "unreadable" || status === "not-built";
      return (isWrong ? colors.red : colors.dim)(`${status} ${id}: ${firstLine(reason)}`);
    }),
    ...distrusted.map((id) => colors.dim(`left out ${id}: not as it was mapped`)),
    ...(suites.length > 0 ? suiteLines(record) : []),
    "",
    `Kernel   ${kernel.source} (${kernel.release})`,
    `Mutants  ${killed} killed, ${survived} survived of ${mutants.length}`,
    `Score    ${score === null ? noScore(mutants) : `${(score * 100).toFixed(1)} %`}`,
    ...(idle.length > 0 ? [`Idle     ${idleWords(idle.length)}`] : []),
    `Time     map ${seconds(durations.map)}, trials ${seconds(durations.trials)}`,
  ];
  return lines.join("\n").replace(/^\n/, "");
}

function noScore(mutants: readonly MutantRecord[]): string {
  return isAnyTried(mutants)
    ? "none: only mutants that are proven equivalent were tried"
    : "none: no mutant was tried";
}

function survivorLines({ why, file, function: name, spots, reason, reaching }: MutantRecord) {
  const some = reaching.slice(0, CASES_SHOWN).join(", ");
  const more = reaching.length > CASES_SHOWN ? ` and ${reaching.length - CASES_SHOWN} more` : "";
  const [spot] = spots;
  // What has no guard has no spot either: it changes something outside of functions.
  const place = spot ? `${name} (${file}:${spot.line})` : "in a kernel of its own";
  return [
    ...(why ? [`  ${why}`] : []),
    `  ${place}: ${reason}`,
    ...(some ? [`  reached by ${some}${more}`] : []),
  ];
}

function suiteLines({ suites, mutants }: CampaignRecord): string[] {
  const width = Math.max(...suites.map((suite) => suite.length));
  return suites.map((suite) => {
    const count = mutants.filter((mutant) => (mutant.suite[suite] ?? []).length > 0).length;
    return `${suite.padEnd(width)}  notices ${count} of ${mutants.length}`;
  });
}

function idleWords(number: number): string {
  return `${number} ${number === 1 ? "case" : "cases"} noticed nothing: in report.html`;
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
