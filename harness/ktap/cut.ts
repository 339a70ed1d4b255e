// A test may print a line of any length: what is kept of a name, a reason or a comment.

/** Characters; ids keep 100, and a line of a report has fewer. */
const LONGEST = 1000;

/** Says how much it leaves out. */
export function cut(text: string): string {
  const more = text.length - LONGEST;
  return more > 0 ? `${text.slice(0, LONGEST)}… (${more} more characters)` : text;
}
