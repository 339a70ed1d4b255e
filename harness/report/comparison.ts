// A comparison for the terminal: what got worse first, and nothing of what stayed the same.
import pc from "picocolors";
import type { Run } from "../record/run-schema.ts";
import type { CaseChange, Comparison } from "../verdict/comparison.ts";
import type { DurationChange } from "../verdict/durations.ts";
import type { Seen } from "../verdict/seen.ts";
import type { Colors } from "./colors.ts";
import { durationWords, kernelWords, machineWords } from "./words.ts";

type Paint = (text: string) => string;

/** So many of a kind are shown; the JSON has them all. */
const SHOWN = 20;

/** Two runs, and what is between them. */
export function comparisonWords(
  runs: { readonly before: Run; readonly after: Run },
  comparison: Comparison,
  { color }: { readonly color: boolean },
): string {
  const colors = pc.createColors(color);
  const { worse, better, gone, flaky, changed, slower, faster, findings } = comparison;
  const blocks = [
    `From     ${runWords(runs.before)}\nTo       ${runWords(runs.after)}`,
    list("worse", colors.red, worse.map(changeWords)),
    list(
      "worse",
      colors.red,
      findings.new.map((title) => `outside of cases: ${title}`),
    ),
    list("better", colors.green, better.map(changeWords)),
    list(
      "better",
      colors.green,
      findings.gone.map((title) => `no longer: ${title}`),
    ),
    list("flaky", colors.yellow, flaky.map(flakyWords)),
    list("changed", colors.cyan, changed.map(changeWords)),
    list("new", colors.cyan, comparison.new.map(changeWords)),
    list("gone", colors.cyan, gone.map(changeWords)),
    list("slower", colors.yellow, slower.map(durationLine)),
    list("faster", colors.green, faster.map(durationLine)),
    foot(comparison, colors),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function runWords(run: Run): string {
  return `${run.id}: ${kernelWords(run)}; ${machineWords(run)}`;
}

function list(name: string, paint: Paint, lines: readonly string[]): string {
  const more = lines.length - SHOWN;
  const shown = lines.slice(0, SHOWN).map((line) => `${paint(name.padEnd(8))} ${line}`);
  return [...shown, ...(more > 0 ? [`         and ${more} more`] : [])].join("\n");
}

function changeWords(change: CaseChange): string {
  const [from, to] = [seenWords(change.fromSeen), seenWords(change.toSeen)];
  const arrow = [from, to].filter(Boolean).join(" → ");
  const why = change.reason.split(/\n|; /)[0];
  return `${change.case}: ${arrow}${why ? `\n           ${why}` : ""}`;
}

function flakyWords({ case: id, fromSeen, toSeen }: CaseChange): string {
  return `${id}: ${seenWords(fromSeen)} → ${seenWords(toSeen)}`;
}

/** `pass`, `10 pass`, or `9 pass, 1 crash`. */
export function seenWords(seen: Seen): string {
  const parts = Object.entries(seen);
  const [only] = parts;
  if (only && parts.length === 1 && only[1] === 1) return only[0];
  return parts.map(([standing, times]) => `${times} ${standing}`).join(", ");
}

function durationLine({ case: id, fromMs, toMs, p }: DurationChange): string {
  const chance = p === null ? "" : `  (p ${p.toPrecision(1)})`;
  return `${id}: ${durationWords(fromMs)} → ${durationWords(toMs)}${chance}`;
}

function foot(comparison: Comparison, colors: Colors): string {
  const { worse, better, gone, flaky, findings, pace } = comparison;
  const worseCount = worse.length + findings.new.length;
  const better_ = better.length + findings.gone.length;
  const counts = `${worseCount} worse, ${better_} better, ${comparison.new.length} new, ${gone.length} gone, ${flaky.length} flaky`;
  const paint: Paint = worseCount > 0 ? colors.red : colors.green;
  const clock =
    pace === null ? "durations not compared: other machines" : `pace ${paceWords(pace)}`;
  return `${paint(colors.bold(counts))}  (${clock})`;
}

/** `1.12 times as long`. */
function paceWords(pace: number): string {
  return `${pace.toFixed(2)} times as long`;
}
