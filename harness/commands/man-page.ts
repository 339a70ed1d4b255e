// The manual page, in man(7)'s language, from what commander knows and what docs/ says of exit codes.
import type { ArgumentFacts, CommandFacts, OptionFacts } from "./command-facts.ts";

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ["0", "Everything was as expected."],
  ["1", "At least one result was not: a regression, an unexpected skip or pass, a kernel splat."],
  ["125", "This kernel can't be judged: a patch, an option, the build or the boot failed."],
  ["128", "The harness or the machine failed."],
  ["129", "The command line or a YAML file is wrong."],
  ["130, 143", "Interrupted; what had finished is on disk."],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["NO_COLOR", "No colours."],
  ["FORCE_COLOR", "Colours, even where the output is no terminal."],
  ["UFFDWP_CACHE", "Where sources, builds and images are kept; else XDG_CACHE_HOME decides."],
];

/** The page of the whole program, each command a subsection. */
export function manPage(program: CommandFacts, version: string): string {
  return [
    `.TH UFFDWP 1 "" "uffdwp ${escapeRoff(version)}" "User Commands"`,
    ".SH NAME",
    `uffdwp \\- ${escapeRoff(lowerFirst(program.description))}`,
    ".SH SYNOPSIS",
    ".B uffdwp",
    ".I COMMAND",
    "[\\fIoptions\\fR]",
    ".SH COMMANDS",
    ...leavesOf(program).flatMap(subsection),
    ".SH EXIT STATUS",
    "As \\fBgit bisect run\\fR reads it.",
    ...EXIT_CODES.flatMap(([code, text]) => tagged(code, text)),
    ".SH ENVIRONMENT",
    ...ENVIRONMENT.flatMap(([name, text]) => tagged(name, text)),
    ".SH SEE ALSO",
    ".BR git-bisect (1),",
    ".BR qemu-system-x86_64 (1),",
    ".BR vng (1)",
    "",
  ].join("\n");
}

/** Commands that do something: those that only hold others have nothing of their own to say. */
function leavesOf(command: CommandFacts): CommandFacts[] {
  return command.commands.flatMap((one) => (one.commands.length > 0 ? leavesOf(one) : [one]));
}

function subsection({ name, description, arguments: args, options }: CommandFacts): string[] {
  const synopsis = args.map(({ shown }) => `\\fI${escapeRoff(shown)}\\fR`);
  return [
    `.SS "uffdwp ${escapeRoff(name)}${synopsis.map((one) => ` ${one}`).join("")}"`,
    sentence(description),
    ...args.flatMap(describeArgument),
    ...options.flatMap(describeOption),
  ];
}

function describeArgument({ shown, description, choices }: ArgumentFacts): string[] {
  return description === "" && choices.length === 0
    ? []
    : tagged(shown, withChoices(description, choices));
}

function describeOption({ short, long, value, description, choices }: OptionFacts): string[] {
  const names = [short, long].filter((one) => one !== undefined).join(", ");
  return tagged(value ? `${names} ${value}` : names, withChoices(description, choices));
}

function withChoices(description: string, choices: readonly string[]): string {
  return [description, choices.length > 0 ? `One of: ${choices.join(", ")}` : ""]
    .filter(Boolean)
    .join(". ");
}

function tagged(tag: string, text: string): string[] {
  return [".TP", `.B "${escapeRoff(tag)}"`, sentence(text)];
}

function sentence(text: string): string {
  const escaped = escapeRoff(text);
  const upper = `${escaped.slice(0, 1).toUpperCase()}${escaped.slice(1)}`;
  return /[.!?]$/.test(upper) ? upper : `${upper}.`;
}

function lowerFirst(text: string): string {
  return `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}

/** Backslashes, hyphens that are to be searched for as they stand, quotes, a control at a line's start. */
function escapeRoff(text: string): string {
  return text
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll('"', "\\(dq")
    .replace(/^(?=[.'])/, "\\&");
}
