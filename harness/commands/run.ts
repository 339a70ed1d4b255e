// uffdwp run: the main job.
import { Command } from "commander";
import type { FormatRequest } from "../report/registry.ts";
import type { FailedRun, RecordedRun } from "../run/recorded-run.ts";
import { runJob } from "../run/run.ts";
import { watchAndRun } from "../watch.ts";
import { jobOf, requestedFormats, withKernelOptions, withRunOptions } from "./options.ts";
import { concludeRun, type OutputFlags, withOutputOptions, writeReports } from "./output.ts";
import { withView } from "./view.ts";

export function runCommand(): Command {
  const command = new Command("run").description(
    "build, boot, run the cases, judge, record, report",
  );
  command.option("--watch", "run again each time the tree is saved; Ctrl-C ends");
  withOutputOptions(withRunOptions(withKernelOptions(command)));
  return command.action(async () => {
    const job = await jobOf(command);
    const flags = command.opts<OutputFlags & { watch?: boolean }>();
    const formats = requestedFormats(command, job.formats);
    if (flags.watch) {
      return withView(flags, (view) =>
        watchAndRun(job, view, (result) => tellOfRound(result, formats)),
      );
    }
    const result = await withView(flags, (view) => runJob(job, view));
    await writeReports(result, formats);
    concludeRun(result);
  });
}

/** A kernel that can't be judged is no end: the next save may mend it. */
async function tellOfRound(
  result: RecordedRun | FailedRun,
  formats: readonly FormatRequest[],
): Promise<void> {
  if (result.reused) process.stderr.write(`Judged before, as ${result.run.id}:\n`);
  await writeReports(result, formats);
  if ("error" in result) process.stderr.write(`uffdwp: ${(result.error as Error).message}\n`);
}
