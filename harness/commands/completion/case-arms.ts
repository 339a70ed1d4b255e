// The arms of `case` that bash and zsh share: which command it is, and what follows an option.
import type { CommandWords } from "./words.ts";

/** Which command the words so far have come to. */
export function stepInto({ name }: CommandWords): string[] {
  const parts = name.split(" ");
  const word = parts.pop();
  return word ? [`\t\t"${parts.join(" ")}/${word}") command="${name}" ;;`] : [];
}

/**
 * After an option with a value come its choices, or files.
 *
 * @param complete what the shell runs to offer them; no choices are files
 */
export function valueCases(complete: (choices: readonly string[]) => string) {
  return ({ name, options }: CommandWords): string[] =>
    options.flatMap(({ short, long, value, choices }) => {
      if (value === undefined) return [];
      const flags = [short, long].filter((flag) => flag !== undefined);
      const patterns = flags.map((flag) => `"${name}:${flag}"`).join(" | ");
      return [`\t${patterns}) ${complete(choices)}; return ;;`];
    });
}
