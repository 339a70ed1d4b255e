// uffdwp man: the manual page, for man -l.
import { Command } from "commander";
import { commandFacts } from "./command-facts.ts";
import { manPage } from "./man-page.ts";

export function manCommand(program: Command): Command {
  return new Command("man")
    .description("print the manual page: uffdwp man | man -l -")
    .action(() => {
      process.stdout.write(manPage(commandFacts(program), program.version() ?? ""));
    });
}
