// uffdwp report: a recorded run again, in another format.
import { Command } from "commander";
import { deriveRun } from "../record/derive-run.ts";
import { readJournal } from "../record/journal.ts";
import { findRun } from "../record/results.ts";
import { parseFormat } from "../report/registry.ts";
import { collect, resultsDirectory, withResultsOption } from "./options.ts";
import { type OutputFlags, withOutputOptions, writeReports } from "./output.ts";

export function reportCommand(): Command {
  const command = new Command("report")
    .description("render a recorded run again")
    .argument("<run>", "id, path, or latest")
    .option("--format <format[=file]>", "report, to stdout or into a file (repeatable)", collect);
  withOutputOptions(withResultsOption(command));
  return command.action(async (name: string) => {
    const flags = command.opts<OutputFlags & { format?: string[] }>();
    const requests = (flags.json ? ["json"] : (flags.format ?? ["terminal"])).map(parseFormat);
    const directory = findRun(resultsDirectory(command), name);
    await writeReports({ run: deriveRun(await readJournal(directory)), directory }, requests);
  });
}
