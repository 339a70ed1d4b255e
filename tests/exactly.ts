// Arrays in the patterns of t.match.

/**
 * A pattern for an array of exactly these elements. Written as an array, a pattern is a beginning:
 * more elements may follow, and `[]` takes whatever array there is.
 */
export function exactly(elements: readonly unknown[]): object {
  return { ...elements, length: elements.length };
}
