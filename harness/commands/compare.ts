// uffdwp compare: what changed between two runs.
import { realpath } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { Command } from "commander";
import { readComparableRun } from "../record/comparable-run.ts";
import { findRun } from "../record/results.ts";
import type { Run } from "../record/run-schema.ts";
import { comparisonWords } from "../report/comparison.ts";
import { encodedPath } from "../report/html/address.ts";
import { anchorOf } from "../report/html/anchor.ts";
import { type CompareLinks, comparePage } from "../report/html/compare-page.tsx";
import { renderPage } from "../report/html/page.tsx";
import { compareRuns, gotWorse } from "../verdict/comparison.ts";
import { colorsFor } from "./colors.ts";
import { resultsDirectory, withResultsOption } from "./options.ts";
import { type OutputFlags, print, withOutputOptions, writeReport } from "./output.ts";

export function compareCommand(): Command {
  const command = new Command("compare")
    .description("what changed between two runs; exit code 1 when something got worse")
    .argument("<from>", "id, path, or latest")
    .argument("<to>", "id, path, or latest")
    .option("--html <file>", "write it as a page as well");
  withOutputOptions(withResultsOption(command));
  return command.action(async (from: string, to: string) => {
    const { html, ...flags } = command.opts<OutputFlags & { html?: string }>();
    const results = resultsDirectory(command);
    const before = await readComparableRun(results, from);
    const after = await readComparableRun(results, to);
    const comparison = compareRuns(before, after);
    const color = colorsFor(process.stdout).isColorSupported;
    print(flags, comparison, () => comparisonWords({ before, after }, comparison, { color }));
    if (html !== undefined) {
      const pages = [from, to].map((name) => realpath(findRun(results, name)));
      const links = linksFrom(html, before, after, await Promise.all(pages));
      await writeReport(html, renderPage(comparePage({ before, after }, comparison, links)));
    }
    if (gotWorse(comparison)) process.exitCode = 1;
  });
}

/** Into the reports of both runs, from wherever the page lies; a case leads into the second one's. */
function linksFrom(
  html: string,
  before: Run,
  after: Run,
  [from, to]: readonly string[],
): CompareLinks {
  const report = (directory = "") =>
    encodedPath(relative(dirname(resolve(html)), join(directory, "report.html")));
  return {
    run: (run) => report(run === before ? from : to),
    case(id) {
      const one = after.cases.find((each) => each.id === id);
      return one && `${report(to)}#${anchorOf(after, one)}`;
    },
  };
}
