// Our marks in the kernel log: a line where a case begins, and one where it ends.

export interface Mark {
  readonly kind: "begin" | "end";
  /** The case's number within its guest; the boot is 0, and has only an end. */
  readonly seq: number;
  /** The mark itself, without what printk puts before it. */
  readonly text: string;
}

interface FoundMark extends Mark {
  /** Where, in the bytes just read, the line after it begins. */
  readonly next: number;
}

const MARK = /(uffdwp: (begin|end) (\d{1,9}))(?!\d)[^\n]*\n/g;
/** A mark is shorter than this, with all that printk puts before it. */
const LONGEST = 1024;

/** Makes a reader of bytes, which may be cut anywhere, that finds the marks as their lines end. */
export function createMarkReader(): (chunk: Buffer) => FoundMark[] {
  let rest = "";
  return (chunk) => {
    const text = rest + chunk.toString("latin1");
    const offset = rest.length;
    rest = text.slice(text.lastIndexOf("\n") + 1).slice(-LONGEST);
    return [...text.matchAll(MARK)].map((match) => ({
      kind: match[2] as Mark["kind"],
      seq: Number(match[3]),
      text: match[1] as string,
      next: match.index + match[0].length - offset,
    }));
  };
}
