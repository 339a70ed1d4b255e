// TAP in every dialect of the kernel's tests in, one tree out; whatever the text, it never throws.
import { readLegacy } from "./legacy.ts";
import { cleanLine, type Line, parseLine } from "./line.ts";
import type { KtapDocument, KtapResult } from "./result.ts";

/** The results at one depth of indent that are still waiting for their parent's result. */
interface Block {
  readonly indent: number;
  readonly results: KtapResult[];
  plan: number | undefined;
  bailedOut: boolean;
}

/** What a result keeps of its diagnostics at most, in lines. */
const DIAGNOSTICS = 200;

/**
 * Reads a whole document. tap-parser is not used for it: it takes a subtest's results for
 * diagnostics unless TAP 14 announces them, and KTAP does not.
 *
 * Nesting is by indent, as Documentation/dev-tools/ktap.rst has it, and by `# ` before nested
 * lines, as the kselftest runner prints them. Results stand behind their subtests' results.
 */
export function parseKtap(text: string): KtapDocument {
  const errors: string[] = [];
  const blocks: Block[] = [];
  let lost = 0;
  let diagnostics: string[] = [];
  /** How many `# ` stand before nested lines, where a version or a plan has announced them. */
  const announced = new Set<number>();

  function forgetDeeper(depth: number): void {
    for (const one of announced) if (one > depth) announced.delete(one);
  }

  function blockAt(indent: number): Block {
    const found = blocks.find((block) => block.indent === indent);
    if (found) return found;
    const block: Block = { indent, results: [], plan: undefined, bailedOut: false };
    blocks.push(block);
    return block;
  }

  /** Ends the blocks deeper than an indent and returns their results, outermost first. */
  function closeDeeper(indent: number): KtapResult[] {
    const deeper = blocks.filter((block) => block.indent > indent);
    for (const block of deeper) {
      blocks.splice(blocks.indexOf(block), 1);
      settle(block);
    }
    return deeper.flatMap((block) => block.results);
  }

  function settle({ plan, results, bailedOut }: Block): void {
    if (plan !== undefined && results.length < plan) {
      lost += plan - results.length;
      errors.push(`${results.length} results where ${plan} were planned`);
    } else if (plan !== undefined && results.length > plan) {
      errors.push(`${results.length} results where only ${plan} were planned`);
    } else if (bailedOut && plan === undefined) lost++;
  }

  function take(indent: number, line: Line): void {
    switch (line.type) {
      case "version":
        blockAt(indent);
        break;
      case "plan":
        blockAt(indent).plan = line.count;
        if (line.skip !== undefined) diagnostics.push(`SKIP ${line.skip}`.trim());
        break;
      case "bail-out":
        blockAt(indent).bailedOut = true;
        errors.push(`Bail out! ${line.reason}`.trim());
        break;
      case "result": {
        const { ok, name, directive, reason } = line;
        const children = closeDeeper(indent);
        blockAt(indent).results.push({ name, ok, directive, reason, diagnostics, children });
        diagnostics = [];
        break;
      }
      default:
        if (line.text !== "" && diagnostics.length < DIAGNOSTICS) diagnostics.push(line.text);
    }
  }

  for (const raw of readLegacy(text.split("\n").map(cleanLine))) {
    const indent = raw.search(/\S/);
    if (indent < 0) continue;
    const content = raw.slice(indent);
    const [, hashes = "", blanks = "", rest = content] = /^((?:# )+)(\s*)(.*)$/.exec(content) ?? [];
    const depth = hashes.length / 2;
    const inner = parseLine(rest);
    if (inner.type === "version" || inner.type === "plan") announced.add(depth);
    const counts = inner.type !== "other" && inner.type !== "diagnostic";
    if (counts && (depth === 0 || announced.has(depth))) {
      take(indent + 2 * depth + blanks.length, inner);
      if (inner.type === "result") forgetDeeper(depth);
    } else take(indent, parseLine(content));
  }

  const outermost = Math.min(...blocks.map((block) => block.indent));
  if (blocks.length === 0) return { results: [], errors, lost };
  const orphans = closeDeeper(outermost);
  if (orphans.length > 0) {
    errors.push(`${orphans.length} results of subtests whose own result never came`);
    lost++;
  }
  const top = blockAt(outermost);
  settle(top);
  return { results: [...top.results, ...orphans], errors, lost };
}
