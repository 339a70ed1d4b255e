// A series check for the terminal: a line a patch, and below it only what it changes.
import pc from "picocolors";
import {
  isWorse,
  type PatchChange,
  type SeriesRecord,
  type SeriesStep,
} from "../hunt/series-record.ts";
import type { Colors } from "./colors.ts";

/** So many changes of one patch are named. */
const NAMED = 8;

/** @param directory of the hunt, as a person names it */
export function seriesTable(
  { patches, untried, base }: SeriesRecord,
  { directory, color }: { readonly directory: string; readonly color: boolean },
): string {
  const colors = pc.createColors(color);
  const lines = patches.map((step) =>
    [headline(step, colors), ...details(step, colors)].join("\n"),
  );
  const rest = untried > 0 ? [`${untried} more can't be tried on top of that.`] : [];
  return [
    `Base     ${base}`,
    "",
    ...lines,
    ...rest,
    "",
    seriesSentence(patches),
    `Report   ${directory}/report.html`,
  ].join("\n");
}

/** What a maintainer wants to know first. */
export function seriesSentence(patches: readonly SeriesStep[]): string {
  const worse = patches.filter((one) => one.applies && isWorse(one)).length;
  const refused = patches.filter(({ applies }) => !applies);
  return [
    worse === 0 ? "no patch makes it worse" : `${worse} of ${patches.length} patches make it worse`,
    ...refused.map(({ index }) => `patch ${index} does not apply`),
  ].join("; ");
}

function headline(step: SeriesStep, colors: Colors): string {
  const paint = isWorse(step) ? colors.red : step.sameKernel ? colors.dim : colors.green;
  return `${String(step.index).padStart(3)} ${paint(stateOf(step).padEnd(18))} ${step.subject}`;
}

/** Where it ended, or what came of it. */
export function stateOf({
  applies,
  options,
  builds,
  boots,
  sameKernel,
  changes,
}: SeriesStep): string {
  if (!applies) return "does not apply";
  if (!options) return "options are lost";
  if (!builds) return "does not build";
  if (!boots) return "does not boot";
  if (sameKernel) return "same kernel";
  const count = (kind: PatchChange["kind"]) => changes.filter((one) => one.kind === kind).length;
  const [worse, better] = [count("worse"), count("better")];
  if (worse + better === 0) return changes.length > 0 ? `${changes.length} changed` : "no change";
  return [...(worse ? [`${worse} worse`] : []), ...(better ? [`${better} better`] : [])].join(", ");
}

function details({ why, changes, findings, warnings }: SeriesStep, colors: Colors): string[] {
  const rows = [
    ...why.split("\n").slice(0, NAMED).filter(Boolean),
    ...changes.slice(0, NAMED).map((one) => changeWords(one)),
    ...(changes.length > NAMED ? [`and ${changes.length - NAMED} more`] : []),
    ...findings.map((title) => `the kernel says: ${title}`),
    ...warnings.map((warning) => colors.yellow(`new warning: ${warning}`)),
  ];
  return rows.map((row) => `      ${row}`);
}

function changeWords({ case: id, from, to, reason }: PatchChange): string {
  const [said] = reason.split("; ");
  return `${id}: ${from ?? "none"} → ${to ?? "none"}${said ? ` (${said})` : ""}`;
}
