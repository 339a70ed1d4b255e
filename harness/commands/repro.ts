// uffdwp repro: the shortest command that shows one result again.
import { Command } from "commander";
import { UsageError } from "../errors.ts";
import { namesKselftest } from "../image/kselftest/spec.ts";
import { deriveRun } from "../record/derive-run.ts";
import { readJournal } from "../record/journal.ts";
import { reproCommand as commandFor } from "../record/repro.ts";
import { findRun } from "../record/results.ts";
import { parseFormat } from "../report/registry.ts";
import { runJob } from "../run/run.ts";
import { resultsDirectory, withResultsOption } from "./options.ts";
import { concludeRun, type OutputFlags, print, withOutputOptions, writeReports } from "./output.ts";
import { withView } from "./view.ts";

export function reproCommand(): Command {
  const command = new Command("repro")
    .description("the shortest command that shows one result again")
    .argument("<run>", "id, path, or latest")
    .argument("<case>", "id of a case")
    .option("--exec", "do it");
  withOutputOptions(withResultsOption(command));
  return command.action(async (name: string, id: string) => {
    const flags = command.opts<OutputFlags & { exec?: boolean }>();
    const directory = findRun(resultsDirectory(command), name);
    const [begin, ...events] = await readJournal(directory);
    const run = deriveRun([begin, ...events]);
    const found = run.cases.find((one) => one.id === id);
    if (!found) {
      throw new UsageError(`The run ${run.id} has no case ${id}.`);
    }
    const line = commandFor(run, id);
    if (!flags.exec) {
      print(flags, { command: line }, () => line);
      return;
    }
    const boot = run.machine?.boot ?? begin.job.boot;
    const suites = begin.job.suites.filter((one) => namesKselftest(one, found.suite));
    const job = { ...begin.job, boot, cases: [id], suites, guests: undefined, repeat: 1 };
    const result = await withView(flags, (view) => runJob(job, view));
    await writeReports(result, [parseFormat(flags.json ? "json" : "terminal")]);
    concludeRun(result);
  });
}
