// uffdwp merge: one run from its shards.
import { Command } from "commander";
import { mergeRuns } from "../merge.ts";
import { findRun } from "../record/results.ts";
import {
  requestedFormats,
  resultsDirectory,
  withFormatOption,
  withResultsOption,
} from "./options.ts";
import { concludeRun, withOutputOptions, writeReports } from "./output.ts";

export function mergeCommand(): Command {
  const command = new Command("merge")
    .description("record the shards of a run (run --shard) as one run")
    .argument("<run...>", "id, path, or latest");
  withOutputOptions(withFormatOption(withResultsOption(command)));
  return command.action(async (names: string[]) => {
    const formats = requestedFormats(command, ["terminal"]);
    const results = resultsDirectory(command);
    const directories = names.map((name) => findRun(results, name));
    const merged = await mergeRuns(directories, results);
    await writeReports(merged, formats);
    concludeRun(merged);
  });
}
