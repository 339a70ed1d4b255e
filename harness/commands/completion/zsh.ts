// Completion for zsh: the words with their descriptions, looked up by the words so far.
import type { CommandFacts } from "../command-facts.ts";
import { stepInto, valueCases } from "./case-arms.ts";
import { type CommandWords, commandWords } from "./words.ts";

export function zshCompletion(facts: CommandFacts): string {
  const commands = commandWords(facts);
  return `#compdef uffdwp
# zsh completion for uffdwp: source <(uffdwp completion zsh)
_uffdwp() {
	local command="" word files=""
	local -a entries flags
	for word in "\${(@)words[2,CURRENT-1]}"; do
		case "$command/$word" in
${commands.flatMap(stepInto).join("\n")}
		esac
	done
	case "$command:\${words[CURRENT-1]}" in
${commands.flatMap(valueCases(complete)).join("\n")}
	esac
	case "$command" in
${commands.map(wordCase).join("\n")}
	esac
	if [[ $PREFIX == -* ]]; then
		_describe option flags
	else
		(( $#entries )) && _describe word entries
		[[ -z $files ]] || _files
	fi
}
compdef _uffdwp uffdwp
`;
}

function complete(choices: readonly string[]): string {
  return choices.length > 0 ? `compadd -- ${choices.join(" ")}` : "_files";
}

function wordCase({ name, words, options, takesFiles }: CommandWords): string {
  const entries = words.map(({ word, description }) => entry(word, description)).join(" ");
  const flags = options
    .flatMap(({ short, long, description }) =>
      [short, long].filter((flag) => flag !== undefined).map((flag) => entry(flag, description)),
    )
    .join(" ");
  return `\t"${name}") entries=(${entries}); flags=(${flags}); files=${takesFiles ? "yes" : ""} ;;`;
}

/** `word:description`, quoted. */
function entry(word: string, description: string): string {
  const text = description === "" ? word : `${word}:${description.replaceAll(":", "\\:")}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
