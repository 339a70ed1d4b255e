// TAP in every dialect of the kernel's tests in, one tree out; whatever the text, it never throws.
import { readLegacy } from "./legacy.ts";
import { cleanLine, type Line, parseLine } from "./line.ts";
import type { KtapDocument } from "./result.ts";
import { createTree } from "./tree.ts";
import { createYamlBlocks } from "./yaml-block.ts";

interface Placed {
  /** Characters before the line's own text, hashes included. */
  readonly indent: number;
  readonly line: Line;
}

/**
 * Reads a whole document. tap-parser is not used for it: it takes a subtest's results for
 * diagnostics unless TAP 14 announces them, and KTAP does not.
 *
 * Nesting is by indent, as Documentation/dev-tools/ktap.rst has it, and by `# ` before nested
 * lines, as the kselftest runner prints them. Results stand behind their subtests' results, or
 * before them with a brace, as node-tap's buffered subtests do.
 */
export function parseKtap(text: string): KtapDocument {
  const tree = createTree();
  const place = createPlacing();
  const yaml = createYamlBlocks();

  for (const raw of readLegacy(text.split("\n").map(cleanLine))) {
    const said = yaml.read(raw);
    const placed = said === undefined ? place(raw) : undefined;
    if (said) tree.addToLast(said);
    if (!placed) continue;
    tree.take(placed.indent, placed.line);
    if (placed.line.type === "result") yaml.resultAt(placed.indent);
  }
  return tree.finish();
}

/**
 * Tells nested lines from comments that look like them: `# ok 1` is a result where a version or a
 * plan behind as many hashes has announced results there.
 */
function createPlacing(): (raw: string) => Placed | undefined {
  const announced = new Set<number>();

  return (raw) => {
    const indent = raw.search(/\S/);
    if (indent < 0) return undefined;
    const content = raw.slice(indent);
    const [, hashes = "", blanks = "", rest = content] =
      /^((?:# )+)(\s*)(.*)$/s.exec(content) ?? [];
    const depth = hashes.length / 2;
    const line = parseLine(rest);
    if (line.type === "version" || line.type === "plan") announced.add(depth);
    if (depth > 0 && !(announced.has(depth) && countsNested(line))) {
      return { indent, line: parseLine(content) };
    }
    if (line.type === "result") for (const one of announced) if (one > depth) announced.delete(one);
    return { indent: indent + hashes.length + blanks.length, line };
  };
}

function countsNested({ type }: Line): boolean {
  return type !== "other" && type !== "diagnostic" && type !== "subtest";
}
