// The command line: which commands there are, and the one place where an error becomes an exit code.
import { Command, CommanderError } from "commander";
import { bisectCommand } from "./commands/bisect.ts";
import { buildCommand } from "./commands/build.ts";
import { compareCommand } from "./commands/compare.ts";
import { completionCommand } from "./commands/completion.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { historyCommand } from "./commands/history.ts";
import { listCommand } from "./commands/list.ts";
import { manCommand } from "./commands/man.ts";
import { matrixCommand } from "./commands/matrix.ts";
import { mergeCommand } from "./commands/merge.ts";
import { mutantsCommand } from "./commands/mutants.ts";
import { parseCommand } from "./commands/parse.ts";
import { reportCommand } from "./commands/report.ts";
import { reproCommand } from "./commands/repro.ts";
import { resumeCommand } from "./commands/resume.ts";
import { runCommand } from "./commands/run.ts";
import { seriesCommand } from "./commands/series.ts";
import { serveCommand } from "./commands/serve.ts";
import { shellCommand } from "./commands/shell.ts";
import { exitCodeOf, UffdwpError } from "./errors.ts";
import { interruption } from "./process/interruption.ts";

const USAGE = 129;

const program = new Command("uffdwp")
  .description("Does a kernel keep the userfaultfd write-protect promise?")
  .version("0.1.0")
  .showHelpAfterError("(uffdwp COMMAND --help tells more)")
  .configureHelp({ showGlobalOptions: true });

for (const command of [
  runCommand(),
  resumeCommand(),
  buildCommand(),
  listCommand(),
  doctorCommand(),
  reportCommand(),
  reproCommand(),
  parseCommand(),
  shellCommand(),
  compareCommand(),
  historyCommand(),
  serveCommand(),
  completionCommand(program),
  manCommand(program),
  mergeCommand(),
  matrixCommand(),
  bisectCommand(),
  seriesCommand(),
  mutantsCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

interruption.listen();
try {
  for (const command of allCommands(program)) command.exitOverride();
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function report(error: unknown): number {
  // commander has already said what is wrong with the command line, or printed the help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof UffdwpError) console.error(`uffdwp: ${error.message}`);
  else if (isMachineError(error)) console.error(`uffdwp: this machine says ${error.message}`);
  else console.error("uffdwp: this is a bug of ours:", error);
  return exitCodeOf(error);
}

/** The operating system's refusals: no space, no permission, a read-only file system. */
function isMachineError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error && "errno" in error;
}
