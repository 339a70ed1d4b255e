// Where two bodies of a function differ: the smallest expressions and statements that hold it all.
import { isConditionHere, isExpression, isStatement, isValueHere } from "./grammar.ts";
import { BODY_OFFSET, children, type Node, tokensOf } from "./syntax.ts";

/** A spot of the original that is something else in the mutant. */
export interface Spot {
  /** `condition`: an expression of which only the truth counts. */
  readonly kind: "value" | "condition" | "statements";
  /** Offsets in the original body; equal where something is only added. */
  readonly start: number;
  readonly end: number;
  /** What stands there in the mutant. */
  readonly changed: string;
  /** The original expression's node, for who wants to know what evaluating it does. */
  readonly original?: Node;
  readonly replacement?: Node;
}

/**
 * The spots that make one body the other: the finest there are, or the whole inside of the block.
 *
 * @param original  a block
 * @param changed   the same block in the mutant
 */
export function compareBodies(original: Node, changed: Node): Spot[] {
  return compare(original, changed) ?? [inside(original, changed)];
}

/** The whole inside of two blocks. */
export function inside(original: Node, changed: Node): Spot {
  return {
    kind: "statements",
    start: original.startIndex + 1 - BODY_OFFSET,
    end: original.endIndex - 1 - BODY_OFFSET,
    changed: changed.text.slice(1, -1),
  };
}

/** Undefined where the difference can be told only further up. */
function compare(a: Node, b: Node): Spot[] | undefined {
  if (tokensOf(a) === tokensOf(b)) return [];
  return descend(a, b) ?? spotOf(a, b);
}

function descend(a: Node, b: Node): Spot[] | undefined {
  if (a.type !== b.type || a.isError) return undefined;
  if (SEQUENCES.has(a.type)) return compareSequences(a, b);
  const [as, bs] = [children(a), children(b)];
  if (as.length === 0 || as.length !== bs.length) return undefined;
  const spots: Spot[] = [];
  for (const [i, child] of as.entries()) {
    const found = compare(child, bs[i] as Node);
    if (!found) return undefined;
    spots.push(...found);
  }
  return spots;
}

const SEQUENCES = new Set([
  "compound_statement",
  "case_statement",
  "preproc_ifdef",
  "preproc_if",
  "preproc_else",
]);

function spotOf(a: Node, b: Node): Spot[] | undefined {
  const [start, end] = [a.startIndex - BODY_OFFSET, a.endIndex - BODY_OFFSET];
  if (isExpression(a) && isExpression(b) && isValueHere(a)) {
    const kind = isConditionHere(a) ? "condition" : "value";
    return [{ kind, start, end, changed: b.text, original: a, replacement: b }];
  }
  if (isStatement(a) && isStatement(b) && isSelfContained([a, b])) {
    return [{ kind: "statements", start, end, changed: b.text }];
  }
  return undefined;
}

/** The value of a case, the condition of an #if. */
function headingOf(sequence: Node): string {
  const opening = openingOf(sequence);
  return children(sequence)
    .filter((child) => opening && child.startIndex <= opening.startIndex)
    .map(tokensOf)
    .join(" ");
}

/** One statement; a loop by a macro is a call and a block for the parser, and one statement for us. */
type Group = readonly Node[];

function compareSequences(a: Node, b: Node): Spot[] | undefined {
  const [as, bs] = [groupsOf(a), groupsOf(b)];
  if (headingOf(a) !== headingOf(b)) return undefined;
  const same = (x: Group | undefined, y: Group | undefined) =>
    x !== undefined && y !== undefined && tokensOfGroup(x) === tokensOfGroup(y);
  let head = 0;
  while (same(as[head], bs[head])) head++;
  let tail = 0;
  const room = Math.min(as.length, bs.length) - head;
  while (tail < room && same(as.at(-1 - tail), bs.at(-1 - tail))) tail++;
  const middle = { a: as.slice(head, as.length - tail), b: bs.slice(head, bs.length - tail) };
  return (
    compareInPairs(middle.a, middle.b) ??
    conditionRemoved(middle.a, middle.b) ??
    replaceRange({ as, bs, head, tail }, middle, a)
  );
}

function compareInPairs(as: readonly Group[], bs: readonly Group[]): Spot[] | undefined {
  if (as.length !== bs.length) return undefined;
  const spots: Spot[] = [];
  for (const [i, group] of as.entries()) {
    const other = bs[i] as Group;
    if (tokensOfGroup(group) === tokensOfGroup(other)) continue;
    if (group.length !== other.length) return undefined;
    for (const [j, node] of group.entries()) {
      const one = other[j] as Node;
      const found = group.length === 1 ? compare(node, one) : descendOrNothing(node, one);
      if (!found) return undefined;
      spots.push(...found);
    }
  }
  return spots;
}

/** Parts of a macro's loop can't be exchanged by themselves. */
function descendOrNothing(a: Node, b: Node): Spot[] | undefined {
  return tokensOf(a) === tokensOf(b) ? [] : descend(a, b);
}

/** `if (c) s;` that goes is the same as a condition that never holds, and says more when reached. */
function conditionRemoved(as: readonly Group[], bs: readonly Group[]): Spot[] | undefined {
  const [node] = as[0] ?? [];
  if (as.length !== 1 || bs.length !== 0 || node?.type !== "if_statement") return undefined;
  const condition = node.childForFieldName("condition");
  const inner = condition?.namedChild(0);
  if (!inner || node.childForFieldName("alternative") || !isExpression(inner)) return undefined;
  const [start, end] = [inner.startIndex - BODY_OFFSET, inner.endIndex - BODY_OFFSET];
  return [{ kind: "condition", start, end, changed: "0", original: inner }];
}

interface Alignment {
  readonly as: readonly Group[];
  readonly bs: readonly Group[];
  readonly head: number;
  readonly tail: number;
}

function replaceRange(
  { as, bs, head, tail }: Alignment,
  middle: { readonly a: readonly Group[]; readonly b: readonly Group[] },
  block: Node,
): Spot[] | undefined {
  const declares = [...middle.a, ...middle.b].flat().some((node) => node.type === "declaration");
  // What a declaration names lives to the end of the block.
  const rest = declares ? 0 : tail;
  const from = as.slice(head, as.length - rest).flat();
  const to = bs.slice(head, bs.length - rest).flat();
  if (!isSelfContained([...from, ...to])) return undefined;
  const end = from.at(-1)?.endIndex ?? insertionPoint(as, head, block);
  const start = from[0]?.startIndex ?? end;
  return [
    {
      kind: "statements",
      start: start - BODY_OFFSET,
      end: end - BODY_OFFSET,
      changed: textOf(to),
    },
  ];
}

function insertionPoint(as: readonly Group[], head: number, block: Node): number {
  const before = as[head - 1]?.at(-1);
  if (before) return before.endIndex;
  return openingOf(block)?.endIndex ?? block.startIndex;
}

/** As it stands in the source, comments and line ends in between included. */
function textOf(nodes: readonly Node[]): string {
  const [first, last] = [nodes[0], nodes.at(-1)];
  if (!first || !last) return "";
  const source = first.tree.rootNode.text;
  return source.slice(first.startIndex, last.endIndex);
}

/** Statements that may stand twice: nobody jumps into them, and no case of a switch is lost. */
function isSelfContained(nodes: readonly Node[]): boolean {
  return nodes.every(
    (node) =>
      !hasOpenCase(node) &&
      node.descendantsOfType(["labeled_statement"]).length === 0 &&
      !/^\s*#(if|else|elif|endif)/m.test(danglingDirectives(node)),
  );
}

/** A case whose switch lies further out. */
function hasOpenCase(node: Node): boolean {
  if (node.type === "case_statement") return true;
  if (node.type === "switch_statement") return false;
  return node.namedChildren.some((child) => child !== null && hasOpenCase(child));
}

/** The parser leaves a directive that it can't match as it is. */
function danglingDirectives(node: Node): string {
  return node.type === "preproc_call" || node.isError ? node.text : "";
}

function groupsOf(sequence: Node): Group[] {
  const groups: Node[][] = [];
  let open = false;
  for (const node of statementsOf(sequence)) {
    const last = groups.at(-1);
    if (open && last) last.push(node);
    else groups.push([node]);
    open = node.type === "expression_statement" && node.children.at(-1)?.isMissing === true;
  }
  return groups;
}

function statementsOf(sequence: Node): Node[] {
  const nodes = children(sequence);
  const opening = openingOf(sequence);
  const after = nodes.findIndex((child) => child.id === opening?.id) + 1;
  return nodes.slice(after).filter((child) => child.type !== "}" && child.type !== "#endif");
}

/** What stands before the first statement: a brace, the colon of a case, the condition of an #if. */
function openingOf(sequence: Node): Node | undefined {
  const condition =
    sequence.childForFieldName("name") ?? sequence.childForFieldName("condition") ?? undefined;
  if (sequence.type.startsWith("preproc_")) return condition ?? children(sequence)[0];
  return children(sequence).find((child) => child.type === "{" || child.type === ":");
}

function tokensOfGroup(group: Group): string {
  return group.map(tokensOf).join(" ");
}
