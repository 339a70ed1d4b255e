// One patch of a series.

export interface Patch {
  /** As its mail or its file calls it. */
  readonly subject: string;
  /** A mail as `git am` reads it, or a plain diff. */
  readonly kind: "mail" | "diff";
  readonly text: string;
  /** What `git apply` reads of it: a mail without its encoding. */
  readonly diff: string;
  /** How many leading parts of a path a plain diff has too many; 1 for mails. */
  readonly strip: number;
}
