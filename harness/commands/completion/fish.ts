// Completion for fish: a line a command and an option, each with the commands before it.
import type { CommandFacts } from "../command-facts.ts";
import { type CommandWords, commandWords } from "./words.ts";

export function fishCompletion(facts: CommandFacts): string {
  const commands = commandWords(facts);
  return `# fish completion for uffdwp: uffdwp completion fish | source
complete -c uffdwp -e
complete -c uffdwp -f
${commands.flatMap((one) => [...wordLines(one), ...optionLines(one)]).join("\n")}
`;
}

function wordLines(command: CommandWords): string[] {
  const condition = conditionOf(command);
  const files = command.takesFiles ? [`complete -c uffdwp -n ${condition} -F`] : [];
  const words = command.words.map(
    ({ word, description }) =>
      `complete -c uffdwp -n ${condition} -f -a ${quote(word)} -d ${quote(description)}`,
  );
  return [...files, ...words];
}

function optionLines(command: CommandWords): string[] {
  return command.options.map(({ short, long, value, choices, description }) => {
    const names = [short, long].flatMap((flag) => (flag ? nameOf(flag) : [])).join(" ");
    const values = choices.length > 0 ? ` -x -a ${quote(choices.join(" "))}` : " -r -F";
    return `complete -c uffdwp -n ${conditionOf(command)} ${names}${value ? values : ""} -d ${quote(description)}`;
  });
}

/** An option may have two long names. */
function nameOf(flag: string): string[] {
  return flag.startsWith("--") ? ["-l", flag.slice(2)] : ["-s", flag.slice(1)];
}

/** When the words so far have come to this command, and to none below it. */
function conditionOf({ name, words }: CommandWords): string {
  if (name === "") return quote("__fish_use_subcommand");
  const seen = name.split(" ").map((word) => `__fish_seen_subcommand_from ${word}`);
  const below = words.map(({ word }) => word).join(" ");
  const notYet = below ? [`not __fish_seen_subcommand_from ${below}`] : [];
  return quote([...seen, ...notYet].join("; and "));
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
