// Which results belong below which: blocks by their depth of indent, and what ends them.
import { append, type Block, type Losses, lose, openBlock, settle } from "./block.ts";
import type { KtapResult } from "./result.ts";

export interface Nesting {
  /** The block of an indent, begun where there is none. */
  at(indent: number): Block;
  /** `# Subtest:` names the block that it stands in, where it is new, or else the next one. */
  announce(indent: number, name: string): void;
  /** Whether a result is that of the subtest that was announced last; forgets the announcement. */
  wasAnnounced(name: string): boolean;
  /** Whether results wait below an indent for theirs. */
  waitsBelow(indent: number): boolean;
  /** Ends the blocks deeper than an indent; returns the results that are next below it. */
  close(indent: number): readonly KtapResult[];
  /** Ends all blocks and returns the outermost; undefined when nothing has ever begun one. */
  end(): Block | undefined;
}

/** Nobody nests deeper; damaged text may seem to, and what walks the tree must not run out of stack. */
const DEEPEST = 64;

export function createNesting(losses: Losses): Nesting {
  const blocks = new Map<number, Block>();
  let announced: string | undefined;

  function closeDeeper(indent: number): Block | undefined {
    const deeper = [...blocks.values()].filter((block) => block.indent > indent);
    let inner: Block | undefined;
    for (const block of deeper.sort((a, b) => b.indent - a.indent)) {
      if (inner) adopt(block, inner, losses);
      settle(block, losses);
      blocks.delete(block.indent);
      inner = block;
    }
    return inner;
  }

  return {
    at(indent) {
      const within = blocks.size < DEEPEST ? indent : Math.min(indent, Math.max(...blocks.keys()));
      const block = blocks.get(within) ?? openBlock(within, announced);
      blocks.set(within, block);
      return block;
    },
    announce(indent, name) {
      const block = blocks.get(indent);
      if (block && block.results.length === 0 && block.plan === undefined) block.title = name;
      announced = name;
    },
    wasAnnounced(name) {
      const it = name === announced;
      announced = undefined;
      return it;
    },
    waitsBelow(indent) {
      return [...blocks.keys()].some((one) => one > indent);
    },
    close(indent) {
      const inner = closeDeeper(indent);
      return inner ? resultsOf(inner) : [];
    },
    end() {
      const outermost = Math.min(...blocks.keys());
      const top = blocks.get(outermost);
      const inner = closeDeeper(outermost);
      if (top && inner) stray(top, inner, losses);
      if (top) settle(top, losses);
      return top;
    },
  };
}

export function resultsOf({ results, strays }: Block): readonly KtapResult[] {
  return [...results, ...strays];
}

/** A block without results of its own has been indented in two ways; else a result is missing. */
function adopt(outer: Block, inner: Block, losses: Losses): void {
  if (outer.results.length === 0) append(outer.results, resultsOf(inner));
  else stray(outer, inner, losses);
}

/** The subtest's own result never came: it is lost, and its children are what they are. */
function stray(outer: Block, inner: Block, losses: Losses): void {
  const children = resultsOf(inner);
  if (children.length === 0) return;
  // Where there is a plan, that result is one of those that it misses.
  const missed = outer.plan === undefined ? 1 : 0;
  lose(losses, missed, `${children.length} results of subtests whose own result never came`);
  if (inner.title === undefined) append(outer.strays, children);
  else outer.strays.push({ ...neverCame(inner.title), children });
}

/** Only holds its children together; nobody counts it but as lost. */
function neverCame(name: string): Omit<KtapResult, "children"> {
  const nothing = { number: undefined, directive: undefined, reason: "", diagnostics: [] };
  return { name, ok: true, lost: true, ...nothing };
}
