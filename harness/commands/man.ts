// uffdwp man: the manual page, for man -l.
import { Command } from "commander";
import { commandFacts } from "./command-facts.ts";
import { manPage } from "./man-page.ts";
import { withVerbosityOptions } from "./output.ts";

export function manCommand(program: Command): Command {
  const command = new Command("man").description("print the manual page: uffdwp man | man -l -");
  return withVerbosityOptions(command).action(() => {
    process.stdout.write(manPage(commandFacts(program), program.version() ?? ""));
  });
}
