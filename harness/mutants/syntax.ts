// C as a tree: where expressions, statements and blocks begin and end.
import { createRequire } from "node:module";
import { Language, type Node, Parser } from "web-tree-sitter";

export type { Node };

const require = createRequire(import.meta.url);
let parser: Promise<Parser> | undefined;

/** Before a body, so that the parser takes it for a function's: a block alone is none. */
const PREFIX = "f()";

/** Where a body begins in what the parser sees. */
export const BODY_OFFSET = PREFIX.length;

/**
 * Parses the body of a function, braces included.
 *
 * @returns the block; offsets of nodes are larger by BODY_OFFSET than those in `body`
 */
export async function parseBody(body: string): Promise<Node> {
  parser ??= loadParser();
  const tree = (await parser).parse(`${PREFIX}${body}`);
  const block = tree?.rootNode.descendantsOfType("compound_statement")[0];
  if (!block) throw new Error(`no block in ${body.slice(0, 80)}`);
  return block;
}

async function loadParser(): Promise<Parser> {
  await Parser.init();
  const created = new Parser();
  created.setLanguage(await Language.load(require.resolve("tree-sitter-c/tree-sitter-c.wasm")));
  return created;
}

/** Children that mean something to the compiler. */
export function children(node: Node): Node[] {
  return node.children.filter((child): child is Node => child !== null && child.type !== "comment");
}

const tokens = new WeakMap<Node, string>();

/** The tokens below a node: equal for equal code, however it is laid out. */
export function tokensOf(node: Node): string {
  const known = tokens.get(node);
  if (known !== undefined) return known;
  const below = children(node);
  const text =
    below.length === 0 || node.type.endsWith("_literal")
      ? node.text.trim()
      : below.map(tokensOf).join(" ");
  tokens.set(node, text);
  return text;
}
