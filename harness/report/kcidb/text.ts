// Text within the limits of the schema: no NUL, and excerpts of a certain length.

/** The schema's own limit, in characters. */
const EXCERPT = 16_384;

export function plain(text: string): string {
  return text.replaceAll("\0", "\ufffd");
}

/** The beginning of a text; nothing at all where there is none, because nothing may be empty. */
export function excerpt(text: string): { log_excerpt?: string } {
  // JSON Schema counts code points, and no pair may be cut in two.
  return text === "" ? {} : { log_excerpt: [...plain(text)].slice(0, EXCERPT).join("") };
}
