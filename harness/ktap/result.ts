// The tree that every dialect of TAP becomes.

export type Directive = "skip" | "todo" | "xfail" | "timeout" | "error";

export interface KtapResult {
  readonly name: string;
  /** The one that it gives itself, if it does: numbers are optional. */
  readonly number: number | undefined;
  readonly ok: boolean;
  readonly directive: Directive | undefined;
  /** The directive's text; "" when there is none. */
  readonly reason: string;
  /** Lines that came before the result, without their `# `, and those of its YAML block. */
  readonly diagnostics: readonly string[];
  /** The results of its subtests, which stand before it in the text. */
  readonly children: readonly KtapResult[];
  /** Its own result never came: it only holds its children together. */
  readonly lost?: true;
}

export interface KtapDocument {
  readonly results: readonly KtapResult[];
  /** What does not add up: plans that don't match, a bail out, subtests without a parent. */
  readonly errors: readonly string[];
  /** Results that a plan promises or a bail out cuts off, and those that no plan knows of: a plan's numbers come once each. */
  readonly lost: number;
  /** Lines behind the last result. */
  readonly diagnostics: readonly string[];
}
