// The tree of results as it is shown: parents before their children, wherever a dialect puts them.
import type { Directive, KtapResult } from "./result.ts";
import { expectedBelow } from "./totals.ts";

/** One line for each result, with its children indented below it. */
export function outline(
  results: readonly KtapResult[],
  depth = 0,
  expected: Directive | undefined = undefined,
): string[] {
  return results.flatMap((result) => {
    const { name, reason, children } = result;
    const said = `${name}${reason && `  (${reason})`}`;
    const line = `${"  ".repeat(depth)}${markOf(result, expected).padEnd(8)}${said}`;
    return [line, ...outline(children, depth + 1, expectedBelow(result, expected))];
  });
}

function markOf({ ok, directive, lost }: KtapResult, expected: Directive | undefined): string {
  if (lost) return "lost";
  return directive ?? (ok ? "ok" : (expected ?? "not ok"));
}
