// One spot of one mutant as C that decides at run time which of the two it is.

import { marked } from "./blame.ts";
import type { Spot } from "./compare.ts";
import { areBothHarmless } from "./purity.ts";

/**
 * C that is `spot.changed` while mutant `number` is on, and `original` otherwise.
 *
 * Where both can be evaluated without harm, whether they differ is recorded as well.
 *
 * @param original what stands at the spot, with the guards of other mutants inside it
 */
export function guard(number: number, spot: Spot, original: string): string {
  return marked(number, unmarkedGuard(number, spot, original));
}

function unmarkedGuard(number: number, spot: Spot, original: string): string {
  switch (spot.kind) {
    case "statements":
      return guardStatements(number, spot, original);
    case "condition":
      return guardExpression(number, spot, `!!(${original})`, `!!(${spot.changed})`);
    case "value":
      return guardExpression(number, spot, `(${original})`, `(${spot.changed})`);
  }
}

function guardExpression(n: number, spot: Spot, original: string, changed: string): string {
  if (!spot.original || !areBothHarmless(spot.original, spot.replacement)) {
    return `(uffdwp_mutant(${n}) ? ${changed} : ${original})`;
  }
  // Not __auto_type: the common type of both, as the conditional operator has it.
  const type = spot.kind === "condition" ? "_Bool" : `__typeof__(1 ? ${original} : ${changed})`;
  const [was, is] = [`uffdwp_was${n}`, `uffdwp_is${n}`];
  return `({ ${type} ${was} = ${original}, ${is} = ${changed}; uffdwp_mutant_differs(${n}, ${was}, ${is}) ? ${is} : ${was}; })`;
}

function guardStatements(n: number, { changed }: Spot, original: string): string {
  const isNothing = (text: string) => /^\s*(\{\s*\}|;)?\s*$/.test(text);
  // Braces: an `else` that follows belongs to another if.
  if (isNothing(original)) return `\n{ if (uffdwp_mutant(${n})) {${block(changed)}} }\n`;
  if (isNothing(changed)) return `{ if (!uffdwp_mutant(${n})) {${block(original)}} }`;
  return `{ if (uffdwp_mutant(${n})) {${block(changed)}} else {${block(original)}} }`;
}

/** Labels that stand in both branches are each branch's own. */
function block(statements: string): string {
  const labels = [...statements.matchAll(/^[ \t]*([a-z_]\w*):(?!:)/gm)].map((match) => match[1]);
  const own = [...new Set(labels)].filter((label) => label !== "default");
  const declaration = own.length > 0 ? ` __label__ ${own.join(", ")};` : "";
  return `${declaration}\n${statements}\n`;
}
