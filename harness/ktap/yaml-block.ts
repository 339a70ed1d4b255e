// The YAML block with which TAP 13 and 14 say more about a result.

export interface YamlBlocks {
  /** A result has just come, behind so many characters; a block may follow. */
  resultAt(indent: number): void;
  /** What a line of a block says; undefined for a line of none. */
  read(raw: string): string | undefined;
}

/**
 * Only an indented `---` right behind a result begins a block, and only its own indent keeps it
 * going: a block that is never closed hides no results.
 */
export function createYamlBlocks(): YamlBlocks {
  /** What stands before each line of the block: blanks, and hashes where the runner nests it. */
  let prefix: string | undefined;
  let result: number | undefined;

  function begins(raw: string): boolean {
    const before = /^((?:# )*\s*)---\s*$/.exec(raw)?.[1];
    if (result !== undefined && before !== undefined && before.length > result) prefix = before;
    result = undefined;
    return prefix !== undefined;
  }

  return {
    resultAt(indent) {
      result = indent;
    },
    read(raw) {
      if (prefix === undefined) return begins(raw) ? "" : undefined;
      const goesOn = raw.startsWith(prefix);
      const text = goesOn ? raw.slice(prefix.length) : undefined;
      const ends = text?.trimEnd() === "...";
      if (!goesOn || ends) prefix = undefined;
      return ends ? "" : text;
    },
  };
}
