// uffdwp resume: what an interrupted run has left over.
import { Command } from "commander";
import { findHunt } from "../record/hunt-journal.ts";
import { findRun } from "../record/results.ts";
import { resumeRun } from "../run/resume.ts";
import { requestedFormats, resultsDirectory, withRecordedRun } from "./options.ts";
import { concludeRun, type OutputFlags, withOutputOptions, writeReports } from "./output.ts";
import { resumeHunt } from "./resume-hunt.ts";
import { withView } from "./view.ts";

export function resumeCommand(): Command {
  const command = new Command("resume").description(
    "finish an interrupted run or hunt; what is in its journal is not run again",
  );
  withOutputOptions(withRecordedRun(command));
  return command.action(async (name: string) => {
    const formats = requestedFormats(command, ["terminal"]);
    const hunt = findHunt(resultsDirectory(command), name);
    if (hunt) return resumeHunt(hunt, command.opts<OutputFlags>());
    const directory = findRun(resultsDirectory(command), name);
    const result = await withView(command.opts<OutputFlags>(), (view) =>
      resumeRun(directory, view),
    );
    await writeReports(result, formats);
    concludeRun(result);
  });
}
