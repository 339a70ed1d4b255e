// uffdwp resume: what an interrupted run has left over.
import { Command } from "commander";
import { findRun } from "../record/results.ts";
import { parseFormat } from "../report/registry.ts";
import { resumeRun } from "../run.ts";
import { collect, resultsDirectory, withResultsOption } from "./options.ts";
import { concludeRun, type OutputFlags, withOutputOptions, writeReports } from "./output.ts";
import { withView } from "./view.ts";

export function resumeCommand(): Command {
  const command = new Command("resume")
    .description("finish an interrupted run; what is in its journal is not run again")
    .argument("<run>", "id, path, or latest")
    .option("--format <format[=file]>", "report, to stdout or into a file (repeatable)", collect);
  withOutputOptions(withResultsOption(command));
  return command.action(async (name: string) => {
    const flags = command.opts<OutputFlags & { format?: string[] }>();
    const requests = (flags.json ? ["json"] : (flags.format ?? ["terminal"])).map(parseFormat);
    const directory = findRun(resultsDirectory(command), name);
    const result = await withView(flags, (view) => resumeRun(directory, view));
    await writeReports(result, requests);
    concludeRun(result);
  });
}
