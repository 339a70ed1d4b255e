// Command lines that we tell people to use, parsed as the program does, and not carried out.
import type { Command } from "commander";
import { bisectCommand } from "../harness/commands/bisect.ts";
import { buildCommand } from "../harness/commands/build.ts";
import { compareCommand } from "../harness/commands/compare.ts";
import { doctorCommand } from "../harness/commands/doctor.ts";
import { listCommand } from "../harness/commands/list.ts";
import { matrixCommand } from "../harness/commands/matrix.ts";
import { mergeCommand } from "../harness/commands/merge.ts";
import { mutantsCommand } from "../harness/commands/mutants.ts";
import { parseCommand } from "../harness/commands/parse.ts";
import { reportCommand } from "../harness/commands/report.ts";
import { resumeCommand } from "../harness/commands/resume.ts";
import { runCommand } from "../harness/commands/run.ts";
import { seriesCommand } from "../harness/commands/series.ts";
import { serveCommand } from "../harness/commands/serve.ts";
import { shellCommand } from "../harness/commands/shell.ts";

const commands = () => [
  bisectCommand(),
  buildCommand(),
  compareCommand(),
  doctorCommand(),
  listCommand(),
  matrixCommand(),
  mergeCommand(),
  mutantsCommand(),
  parseCommand(),
  reportCommand(),
  resumeCommand(),
  runCommand(),
  seriesCommand(),
  serveCommand(),
  shellCommand(),
];

/**
 * @returns the flags
 * @throws {CommanderError} when a flag or an argument is none, or one is missing
 */
export async function accept([name, ...args]: readonly string[]): Promise<Record<string, unknown>> {
  const command = commands().find((one) => one.name() === name);
  if (!command) throw new Error(`no command ${name}`);
  // Where a command has commands of its own, one of them is asked.
  const own = command.commands.find((one) => one.name() === args[0]);
  const asked: Command = own ?? command;
  asked.exitOverride().configureOutput({ writeErr() {} });
  asked.action(() => {});
  await asked.parseAsync(own ? args.slice(1) : args, { from: "user" });
  return asked.opts();
}
