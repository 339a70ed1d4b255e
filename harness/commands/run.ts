// uffdwp run: the main job.
import { Command } from "commander";
import { runJob } from "../run.ts";
import { jobOf, requestedFormats, withKernelOptions, withRunOptions } from "./options.ts";
import { concludeRun, type OutputFlags, withOutputOptions, writeReports } from "./output.ts";
import { withView } from "./view.ts";

export function runCommand(): Command {
  const command = new Command("run").description(
    "build, boot, run the cases, judge, record, report",
  );
  withOutputOptions(withRunOptions(withKernelOptions(command)));
  return command.action(async () => {
    const job = await jobOf(command);
    const flags = command.opts<OutputFlags>();
    const formats = requestedFormats(command, job.formats);
    const result = await withView(flags, (view) => runJob(job, view));
    await writeReports(result, formats);
    concludeRun(result);
  });
}
