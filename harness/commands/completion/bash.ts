// Completion for bash: one function that looks up what may follow the words so far.
import type { CommandFacts } from "../command-facts.ts";
import { stepInto, valueCases } from "./case-arms.ts";
import { type CommandWords, commandWords } from "./words.ts";

export function bashCompletion(facts: CommandFacts): string {
  const commands = commandWords(facts);
  return `# bash completion for uffdwp: eval "$(uffdwp completion bash)"
_uffdwp() {
	local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
	local command="" word words="" flags="" files=""
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
		case "$command/$word" in
${commands.flatMap(stepInto).join("\n")}
		esac
	done
	case "$command:$previous" in
${commands.flatMap(valueCases(complete)).join("\n")}
	esac
	case "$command" in
${commands.map(wordCase).join("\n")}
	esac
	[[ $current == -* ]] && words=$flags files=""
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current"; [[ -z $files ]] || compgen -f -- "$current")
}
complete -o filenames -F _uffdwp uffdwp
`;
}

function complete(choices: readonly string[]): string {
  const from = choices.length > 0 ? `-W "${choices.join(" ")}"` : "-f";
  return `mapfile -t COMPREPLY < <(compgen ${from} -- "$current")`;
}

function wordCase({ name, words, options, takesFiles }: CommandWords): string {
  const flags = options.flatMap(({ short, long }) => [short, long].filter(Boolean)).join(" ");
  const list = words.map(({ word }) => word).join(" ");
  return `\t"${name}") words="${list}" flags="${flags}" files="${takesFiles ? "yes" : ""}" ;;`;
}
