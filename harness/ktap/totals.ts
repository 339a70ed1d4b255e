// How many of each: what a document adds up to, and its leaves as a flat list.
import type { Directive, KtapDocument, KtapResult } from "./result.ts";

export interface Totals {
  readonly pass: number;
  readonly fail: number;
  readonly skip: number;
  readonly xfail: number;
  readonly lost: number;
}

export interface FlatResult {
  /** Names from the outermost test to this one. */
  readonly path: readonly string[];
  readonly ok: boolean;
  readonly directive: string | null;
  readonly reason: string;
  readonly diagnostics: readonly string[];
}

/**
 * The results that count, each with its path: the leaves, and a parent that failed although none
 * of its children did. What fails below a parent that is expected to fail is expected too.
 */
export function flatten(
  results: readonly KtapResult[],
  above: readonly string[] = [],
  expected: Directive | undefined = undefined,
): FlatResult[] {
  return results.flatMap((result) => {
    const path = [...above, result.name];
    const children = flatten(result.children, path, expectedBelow(result, expected));
    const { ok, reason, diagnostics } = result;
    const directive = result.directive ?? (ok ? undefined : expected) ?? null;
    const own = { path, ok, directive, reason, diagnostics };
    const alone = children.length === 0 || (!ok && children.every((child) => child.ok));
    return alone ? [...children, own] : children;
  });
}

/** What a failure below a result is expected as, if it is. */
export function expectedBelow(
  { directive }: KtapResult,
  expected: Directive | undefined,
): Directive | undefined {
  return directive === "todo" || directive === "xfail" ? directive : expected;
}

export function totalsOf(document: KtapDocument): Totals {
  const kinds = flatten(document.results).map(kindOf);
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  return {
    pass: count("pass"),
    fail: count("fail"),
    skip: count("skip"),
    xfail: count("xfail"),
    lost: document.lost,
  };
}

function kindOf({ ok, directive }: FlatResult): keyof Totals {
  if (directive === "skip") return "skip";
  if (directive === "xfail" || directive === "todo")
    return ok && directive === "todo" ? "pass" : "xfail";
  return ok && directive !== "error" && directive !== "timeout" ? "pass" : "fail";
}
