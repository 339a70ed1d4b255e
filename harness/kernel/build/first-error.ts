// The first thing that went wrong in a build: everything after it is noise.

/** What a message shows of an error at most, in lines. */
const LINES = 12;

/** The first compiler, linker, Kconfig or make error of a build's output, with the lines that explain it. */
export function firstError(output: string): string {
  const lines = output.split("\n");
  const at = [
    lines.findIndex((line) => /^[^\s:]+:\d+(:\d+)?: (fatal )?error: /.test(line)),
    lines.findIndex((line) =>
      /undefined reference to|ld: .*error|ERROR: modpost|^error: /i.test(line),
    ),
    lines.findIndex((line) => /^(\*\*\*|make(\[\d+\])?: \*\*\*)/.test(line)),
  ].find((index) => index >= 0);
  if (at === undefined)
    return lines
      .filter((line) => line !== "")
      .slice(-LINES)
      .join("\n");
  const begin = /In function|In file included/.test(lines[at - 1] ?? "") ? at - 1 : at;
  const rest = lines.slice(begin, begin + LINES);
  // The compiler's picture of the place ends where make or another message begins.
  const end = rest.findIndex(
    (line, i) => i > at - begin && /^(make| {2}[A-Z]{2,}|[^\s:]+:\d+:)/.test(line),
  );
  return rest.slice(0, end < 0 ? undefined : end).join("\n");
}
