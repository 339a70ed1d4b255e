// The tree that every dialect of TAP becomes.

export type Directive = "skip" | "todo" | "xfail" | "timeout" | "error";

export interface KtapResult {
  readonly name: string;
  readonly ok: boolean;
  readonly directive: Directive | undefined;
  /** The directive's text; "" when there is none. */
  readonly reason: string;
  /** Diagnostic lines that came before the result, without their `# `. */
  readonly diagnostics: readonly string[];
  /** The results of its subtests, which stand before it in the text. */
  readonly children: readonly KtapResult[];
}

export interface KtapDocument {
  readonly results: readonly KtapResult[];
  /** What does not add up: plans that don't match, a bail out, subtests without a parent. */
  readonly errors: readonly string[];
  /** Results that were promised by a plan, or cut off by a bail out, and never came. */
  readonly lost: number;
}
