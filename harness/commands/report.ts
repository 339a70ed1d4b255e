// uffdwp report: a recorded run again, in another format.
import { Command } from "commander";
import { readRun } from "../record/read-run.ts";
import { findRun } from "../record/results.ts";
import { requestedFormats, resultsDirectory, withRecordedRun } from "./options.ts";
import { withOutputOptions, writeReports } from "./output.ts";

export function reportCommand(): Command {
  const command = new Command("report").description("render a recorded run again");
  withOutputOptions(withRecordedRun(command));
  return command.action(async (name: string) => {
    const formats = requestedFormats(command, ["terminal"]);
    const directory = findRun(resultsDirectory(command), name);
    await writeReports({ run: await readRun(directory), directory }, formats);
  });
}
