// Where results go: reports to standard output or into files, data as one JSON document.

import { appendFile } from "node:fs/promises";
import type { Command } from "commander";
import { HarnessError } from "../errors.ts";
import { publishFile } from "../process/publish.ts";
import { previousRun } from "../record/previous-run.ts";
import { markdown } from "../report/markdown.ts";
import type { FormatRequest } from "../report/registry.ts";
import type { FailedRun, RecordedRun } from "../run/recorded-run.ts";
import type { RunStatus } from "../verdict/status.ts";
import { colorsFor } from "./colors.ts";

export interface OutputFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** The flags of every command that prints data. */
export function withOutputOptions(command: Command): Command {
  return withVerbosityOptions(command.option("--json", "one JSON document on standard output"));
}

/** The flags that every command takes. */
export function withVerbosityOptions(command: Command): Command {
  return command
    .option("--quiet", "say nothing on the way")
    .option("--verbose", "say more on the way");
}

/** Prints data: one JSON document, or the words that stand for it. */
export function print({ json }: OutputFlags, data: unknown, words: () => string): void {
  const text = json ? JSON.stringify(data, null, 2) : words();
  if (text !== "") process.stdout.write(`${text}\n`);
}

/** Renders a run in every format asked for. */
export async function writeReports(
  { run, directory }: RecordedRun,
  requests: readonly FormatRequest[],
): Promise<void> {
  const previous = await previousRun(directory, run);
  for (const { format, file } of requests) {
    const color = file === undefined && colorsFor(process.stdout).isColorSupported;
    const text = format.render(run, { directory, color, previous });
    if (file === undefined) process.stdout.write(text);
    else await writeReport(file, text);
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (format.name === "github" && summary) {
      await appendFile(summary, markdown.render(run, { directory, color: false }));
    }
  }
}

/**
 * Says how a run ended, to the shell as well.
 *
 * @throws what ended the run before its time
 */
export function concludeRun(result: RecordedRun | FailedRun): void {
  if ("error" in result) throw result.error;
  process.exitCode = EXIT_CODES[result.run.status];
}

/** Of runs that came to their end; the others have an error that knows. */
const EXIT_CODES: Readonly<Record<RunStatus, number>> = {
  passed: 0,
  failed: 1,
  untestable: 125,
  error: 128,
  interrupted: 130,
};

/** @throws {HarnessError} when the file can't be written */
export async function writeReport(file: string, text: string): Promise<void> {
  await publishFile(file, text).catch((error: Error) => {
    throw new HarnessError(`The report ${file} can't be written: ${error.message}`);
  });
}
