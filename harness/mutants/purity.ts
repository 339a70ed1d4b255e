// Which expressions may be evaluated although nobody asked: what has no effect and can't fault.
import { followsPointers, isHarmless } from "./harmless-calls.ts";
import type { Node } from "./syntax.ts";

/** Whether both can be evaluated, one after the other, where only the original would have been. */
export function areBothHarmless(original: Node, changed: Node | undefined): boolean {
  if (!isPure(original)) return false;
  if (!changed) return true;
  if (!isPure(changed)) return false;
  const taken = new Set(certainRisks(original));
  return allRisks(changed).every((risk) => taken.has(risk));
}

const EFFECTS = new Set([
  "assignment_expression",
  "update_expression",
  "compound_statement",
  "gnu_asm_expression",
]);

function isPure(node: Node): boolean {
  if (EFFECTS.has(node.type)) return false;
  if (node.type === "call_expression" && !isHarmless(calledBy(node))) return false;
  return node.namedChildren.every((child) => !child || isPure(child));
}

/** What may fault on any way through an expression. */
function allRisks(node: Node): string[] {
  return risksOf(node, (one) => one.namedChildren);
}

/** What would have faulted already, however the expression is evaluated. */
function certainRisks(node: Node): string[] {
  return risksOf(node, certainChildren);
}

function risksOf(node: Node, below: (node: Node) => readonly (Node | null)[]): string[] {
  const own = riskOf(node);
  const others = below(node).flatMap((child) => (child ? risksOf(child, below) : []));
  return own === undefined ? others : [own, ...others];
}

/**
 * What faults: a pointer that is followed, by whichever of its fields, or an operation with what it
 * is done to. No pointer is taken for granted, since a test of it may be what the mutant leaves out.
 */
function riskOf(node: Node): string | undefined {
  const operator = node.childForFieldName("operator")?.text;
  const argument = node.childForFieldName("argument");
  switch (node.type) {
    case "field_expression":
      return operator === "->" && argument ? `*${textOf(argument)}` : undefined;
    case "pointer_expression":
      return operator === "*" && argument ? `*${textOf(argument)}` : undefined;
    case "subscript_expression":
      return textOf(node);
    case "call_expression":
      return followsPointers(calledBy(node)) ? textOf(node) : undefined;
    case "binary_expression":
      return operator === "/" || operator === "%" ? textOf(node) : undefined;
    default:
      return undefined;
  }
}

/** Children that are evaluated whenever the node is. */
function certainChildren(node: Node): readonly (Node | null)[] {
  const operator = node.childForFieldName("operator")?.text;
  if (operator === "&&" || operator === "||") return [node.childForFieldName("left")];
  if (node.type === "conditional_expression") return [node.childForFieldName("condition")];
  // Whose size or address is asked for is not looked at.
  if (node.type === "sizeof_expression") return [];
  if (node.type === "pointer_expression" && operator === "&") return [];
  return node.namedChildren;
}

function calledBy(call: Node): string {
  return call.childForFieldName("function")?.text ?? "";
}

function textOf(node: Node): string {
  return node.text.replaceAll(/\s+/g, "");
}
