// uffdwp completion: what a shell wants to know to complete our command lines.
import { Argument, Command } from "commander";
import { commandFacts } from "./command-facts.ts";
import { bashCompletion } from "./completion/bash.ts";
import { fishCompletion } from "./completion/fish.ts";
import { zshCompletion } from "./completion/zsh.ts";
import { withVerbosityOptions } from "./output.ts";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

export function completionCommand(program: Command): Command {
  const command = new Command("completion")
    .description('print a script for a shell: eval "$(uffdwp completion bash)"')
    .addArgument(new Argument("<shell>", "which shell").choices(Object.keys(SHELLS)));
  return withVerbosityOptions(command).action((shell: keyof typeof SHELLS) => {
    process.stdout.write(SHELLS[shell](commandFacts(program)));
  });
}
