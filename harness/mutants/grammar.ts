// What a node of C's grammar is good for: a value, a condition, a statement.
import type { Node } from "./syntax.ts";

const OTHER_EXPRESSIONS = new Set([
  "identifier",
  "number_literal",
  "string_literal",
  "char_literal",
  "concatenated_string",
  "true",
  "false",
  "null",
]);

export function isExpression(node: Node): boolean {
  if (node.hasError) return false;
  return node.type.endsWith("_expression") || OTHER_EXPRESSIONS.has(node.type);
}

export function isStatement(node: Node): boolean {
  return node.type.endsWith("_statement") && node.type !== "labeled_statement";
}

/** Whether an expression is read where it stands, so that another value may be read instead. */
export function isValueHere(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  const isField = (name: string) => parent.childForFieldName(name)?.id === node.id;
  switch (parent.type) {
    case "expression_statement":
    case "update_expression":
    case "pointer_expression":
    case "sizeof_expression":
    case "alignof_expression":
    case "offsetof_expression":
    case "case_statement":
    case "array_declarator":
    case "labeled_statement":
    case "goto_statement":
      return false;
    case "assignment_expression":
      return !isField("left") && !isField("operator");
    case "call_expression":
      return !isField("function");
    case "field_expression":
      return !isField("field") && node.type !== "identifier";
    case "initializer_pair":
      return isField("value");
    case "init_declarator":
      return isField("value") && !isStatic(parent);
    case "comma_expression":
      return isField("right");
    case "for_statement":
      return isField("condition");
    case "parenthesized_expression":
      return isValueHere(parent) || isControlled(parent);
    case "argument_list":
    case "return_statement":
    case "subscript_expression":
    case "initializer_list":
      return true;
    default:
      return parent.type.endsWith("_expression");
  }
}

/** Whether only the truth of an expression counts where it stands. */
export function isConditionHere(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  const isField = (name: string) => parent.childForFieldName(name)?.id === node.id;
  if (parent.type === "parenthesized_expression") {
    return isTested(parent) || isConditionHere(parent);
  }
  if (parent.type === "for_statement") return isField("condition");
  if (parent.type === "conditional_expression") {
    // In `x ?: y` the condition is a value as well.
    return isField("condition") && parent.childForFieldName("consequence") !== null;
  }
  if (parent.type === "unary_expression") return parent.child(0)?.text === "!";
  const operator = parent.childForFieldName("operator")?.text;
  return parent.type === "binary_expression" && (operator === "&&" || operator === "||");
}

/** The parentheses of an if or a loop; a switch asks for more than the truth. */
function isTested(node: Node): boolean {
  return isControlled(node) && node.parent?.type !== "switch_statement";
}

/** The parentheses of an if, a loop or a switch. */
function isControlled({ parent, id }: Node): boolean {
  return parent?.childForFieldName("condition")?.id === id && parent.type.endsWith("_statement");
}

function isStatic(declarator: Node): boolean {
  return declarator.parent?.children.some((child) => child?.text === "static") ?? false;
}
