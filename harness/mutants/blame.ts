// Which mutants a compiler's errors are about.

const MARK = /\/\*uffdwp (\d+)\*\//g;
const PLACE = /^(\S+?):(\d+)(?::\d+)?: (error|note|fatal error): /;

/** What stands before and after a guard, so that an error in between finds its mutant. */
export function marked(number: number, text: string): string {
  return `/*uffdwp ${number}*/${text}/*uffdwp ${number}*/`;
}

/**
 * The mutants whose guards hold a line with an error; of guards within guards the innermost.
 *
 * @param files paths and texts as they were compiled
 */
export function blame(output: string, files: ReadonlyMap<string, string>): Set<number> {
  const guilty = new Set<number>();
  for (const block of errorBlocks(output)) {
    for (const { file, line } of block) {
      const text = files.get(pathIn(files, file) ?? "");
      if (text === undefined) continue;
      for (const number of innermost(text, line)) guilty.add(number);
    }
  }
  return guilty;
}

/** The compiler names a file from where it builds: arch/x86/mm/init.c is not mm/init.c. */
function pathIn(files: ReadonlyMap<string, string>, named: string): string | undefined {
  const ends = [...files.keys()].filter((path) => named === path || named.endsWith(`/${path}`));
  return ends.sort((a, b) => b.length - a.length)[0];
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Each error with the notes that explain it. */
function errorBlocks(output: string): Place[][] {
  const blocks: Place[][] = [];
  for (const text of output.split("\n")) {
    const found = PLACE.exec(text);
    if (!found) continue;
    const place = { file: found[1] as string, line: Number(found[2]) };
    if (found[3] !== "note") blocks.push([place]);
    else blocks.at(-1)?.push(place);
  }
  return blocks;
}

function innermost(text: string, line: number): number[] {
  const guards = guardsOf(text).filter(({ from, to }) => from <= line && line <= to);
  const smallest = Math.min(...guards.map(({ from, to }) => to - from));
  return guards.filter(({ from, to }) => to - from === smallest).map(({ number }) => number);
}

/** The lines of all guards, from 1. */
function guardsOf(text: string) {
  const open = new Map<number, number>();
  const guards: { number: number; from: number; to: number }[] = [];
  let line = 1;
  let at = 0;
  for (const { index, 1: digits } of text.matchAll(MARK)) {
    line += text.slice(at, index).split("\n").length - 1;
    at = index;
    const number = Number(digits);
    const from = open.get(number);
    if (from === undefined) open.set(number, line);
    else {
      guards.push({ number, from, to: line });
      open.delete(number);
    }
  }
  return guards;
}
