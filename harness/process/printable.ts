// Text of others, made fit for a terminal.

/**
 * What a terminal obeys, by ECMA-48: control sequences, strings (titles, links) to their end on the
 * same line, and escapes of one or two characters. Node's own stripVTControlCharacters() takes
 * quadratic time on some that never end, and takes letters of what follows an escape for a part of it.
 */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)|\u001b[()*+#%][0-9A-Za-z@]|\u001b[6-9=><~\\DEHMNOZc]/g;
/** What turns the direction of text around, so that it reads as something else. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without what a terminal would obey: only lines and tabs stay of the control characters. */
export function printable(text: string): string {
  return text
    .replaceAll(SEQUENCES, "")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll(DIRECTIONS, "");
}
