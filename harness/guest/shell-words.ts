// Takes a command line apart that a program has quoted for a shell.

/** Splits as a POSIX shell does, without expanding anything: blanks separate, '…', "…" and \ quote. */
export function splitShellWords(line: string): string[] {
  const words: string[] = [];
  const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gs;
  let word: string | undefined;
  for (const [all, single, double, escaped, plain] of line.matchAll(piece)) {
    const text = single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain;
    if (text === undefined && /^\s/.test(all)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + (text ?? "");
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}
