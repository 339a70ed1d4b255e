// Text of others, made fit for a terminal.
import { stripVTControlCharacters } from "node:util";

/** What turns the direction of text around, so that it reads as something else. */
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Without what a terminal would obey: only lines and tabs stay of the control characters. */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll(DIRECTIONS, "");
}
