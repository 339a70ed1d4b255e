// uffdwp compare: what changed between two runs.
import { Command } from "commander";
import pc from "picocolors";
import { readComparableRun } from "../record/comparable-run.ts";
import { comparisonWords } from "../report/comparison.ts";
import { compareRuns, gotWorse } from "../verdict/comparison.ts";
import { resultsDirectory, withResultsOption } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";

export function compareCommand(): Command {
  const command = new Command("compare")
    .description("what changed between two runs; exit code 1 when something got worse")
    .argument("<from>", "id, path, or latest")
    .argument("<to>", "id, path, or latest");
  withOutputOptions(withResultsOption(command));
  return command.action(async (from: string, to: string) => {
    const results = resultsDirectory(command);
    const before = await readComparableRun(results, from);
    const after = await readComparableRun(results, to);
    const comparison = compareRuns(before, after);
    const color = pc.isColorSupported && process.stdout.isTTY === true;
    print(command.opts<OutputFlags>(), comparison, () =>
      comparisonWords({ before, after }, comparison, { color }),
    );
    if (gotWorse(comparison)) process.exitCode = 1;
  });
}
