// What can follow what on our command lines, for the shells' own scripts.
import type { CommandFacts } from "../command-facts.ts";

/** A command by its words, `parse ktap`, and what may follow. */
export interface CommandWords {
  readonly name: string;
  readonly description: string;
  /** Names of commands below, or choices of the first argument. */
  readonly words: readonly { readonly word: string; readonly description: string }[];
  readonly options: CommandFacts["options"];
  /** Whether an argument may be a file or directory. */
  readonly takesFiles: boolean;
}

/** The program itself, named "", and all commands below it. */
export function commandWords(facts: CommandFacts): CommandWords[] {
  const { name, description, options, commands, arguments: args } = facts;
  const below = commands.map((one) => ({
    word: one.name.split(" ").at(-1) ?? "",
    description: one.description,
  }));
  const choices = (args[0]?.choices ?? []).map((word) => ({ word, description: "" }));
  const takesFiles = args.some((one) => one.choices.length === 0);
  return [
    { name, description, options, words: [...below, ...choices], takesFiles },
    ...commands.flatMap(commandWords),
  ];
}
