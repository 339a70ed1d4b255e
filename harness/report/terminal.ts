// A summary that fits a screen of 24 lines: what failed and why, where to look, how to see it again.
import { stripVTControlCharacters } from "node:util";
import pc from "picocolors";
import { shortPath } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import type { Colors } from "./colors.ts";
import type { Format, RenderOptions } from "./format.ts";
import { brief, COLUMNS, problemBlocks } from "./terminal-problems.ts";
import { durationWords, kernelWords, machineWords, runDuration, totalsWords } from "./words.ts";

const ROWS = 24;
const PATCHES = 2;

export const terminal: Format = {
  name: "terminal",
  render(run, options) {
    const colors = pc.createColors(options.color);
    const [top, bottom] = [head(run, colors), foot(run, options, colors)];
    // The shell's prompt wants a line as well.
    const room = ROWS - 1 - rowsOf(top) - rowsOf(bottom) - 1;
    const blocks = [top, ...fit(problemBlocks(run, options, colors), room), bottom];
    return `${blocks.join("\n\n")}\n`;
  },
};

function head(run: Run, colors: Colors): string {
  const { series } = run.kernel;
  const patches = series.slice(0, PATCHES).map((subject) => colors.dim(`  + ${brief(subject)}`));
  const more = series.length - PATCHES;
  return [
    brief(`Kernel   ${kernelWords(run)}`),
    ...patches,
    ...(more > 0 ? [colors.dim(`  + and ${more} more`)] : []),
    brief(`Guest    ${machineWords(run)}`),
  ].join("\n");
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

/**
 * As many blocks as there is room for. Each comes in several lengths: the longest that fits is
 * taken, and what does not fit at all is counted.
 */
function fit(blocks: readonly (readonly string[])[], room: number): string[] {
  const taken: string[] = [];
  let left = room;
  let brieflySaid = "";
  let unsaid = 0;
  for (const [index, lengths] of blocks.entries()) {
    const rest = blocks.length - index - 1;
    // The others want a line each, or one for all of them.
    const reserved = rest === 0 ? 0 : 2;
    const found = lengths.slice(0, -1).find((text) => rowsOf(text) + 1 + reserved <= left);
    const shortest = lengths.at(-1) ?? "";
    if (found !== undefined && brieflySaid === "") {
      taken.push(found);
      left -= rowsOf(found) + 1;
    } else if (
      unsaid === 0 &&
      left - rowsOf(shortest) - (brieflySaid ? 0 : 1) - (rest > 0 ? 1 : 0) >= 0
    ) {
      left -= rowsOf(shortest) + (brieflySaid ? 0 : 1);
      brieflySaid += `${brieflySaid && "\n"}${shortest}`;
    } else {
      unsaid++;
    }
  }
  if (unsaid > 0) brieflySaid += `${brieflySaid && "\n"}  and ${unsaid} more`;
  return brieflySaid ? [...taken, brieflySaid] : taken;
}

/** Rows that a text takes on the screen, where long lines go on. */
function rowsOf(text: string): number {
  const visible = stripVTControlCharacters(text).split("\n");
  return visible.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / COLUMNS)), 0);
}
