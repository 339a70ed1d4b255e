// What commander knows of our commands, as plain data for a man page and for shells.
import type { Argument, Command, Option } from "commander";

export interface CommandFacts {
  /** Without the program's own: `parse ktap`. */
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly ArgumentFacts[];
  readonly options: readonly OptionFacts[];
  readonly commands: readonly CommandFacts[];
}

export interface ArgumentFacts {
  /** As a synopsis has it: `<run>`, `[file...]`. */
  readonly shown: string;
  readonly description: string;
  readonly choices: readonly string[];
}

export interface OptionFacts {
  /** `-k`, or a second long name. */
  readonly short: string | undefined;
  readonly long: string | undefined;
  /** `<kernel>`; undefined for a flag. */
  readonly value: string | undefined;
  readonly description: string;
  readonly choices: readonly string[];
}

/** The facts of a command and of all below it. */
export function commandFacts(command: Command, above = ""): CommandFacts {
  const name = [above, command.parent ? command.name() : ""].filter(Boolean).join(" ");
  const help = command.createHelp();
  return {
    name,
    description: command.description(),
    arguments: command.registeredArguments.map(argumentFacts),
    options: help.visibleOptions(command).map(optionFacts),
    commands: command.commands.map((one) => commandFacts(one, name)),
  };
}

function argumentFacts(argument: Argument): ArgumentFacts {
  const dots = argument.variadic ? "..." : "";
  const shown = argument.required ? `<${argument.name()}${dots}>` : `[${argument.name()}${dots}]`;
  return { shown, description: argument.description, choices: argument.argChoices ?? [] };
}

function optionFacts(option: Option): OptionFacts {
  return {
    short: option.short,
    long: option.long,
    description: option.description,
    value: /[<[].*$/.exec(option.flags)?.[0],
    choices: option.argChoices ?? [],
  };
}
