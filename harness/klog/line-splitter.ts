// Bytes in, lines out; a line without an end takes no memory beyond its first part.
import { LONGEST_LINE } from "./line.ts";

export interface LineSplitter {
  /** The lines that are complete now, each cut at LONGEST_LINE characters. */
  write(chunk: string | Uint8Array): string[];
  /** The line that has no end yet, if there is one. */
  end(): string[];
}

export function createLineSplitter(): LineSplitter {
  const decoder = new TextDecoder();
  let rest = "";

  return {
    write(chunk) {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      const lines = text.split("\n");
      lines[0] = rest + lines[0];
      rest = (lines.pop() as string).slice(0, LONGEST_LINE);
      return lines.map((line) => (line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line));
    },
    end() {
      const last = rest;
      rest = "";
      return last === "" ? [] : [last];
    },
  };
}
