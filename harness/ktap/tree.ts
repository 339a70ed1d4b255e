// Builds the tree line by line: results wait until their parent's result comes.
import { type Losses, lose, planBlock, tell } from "./block.ts";
import { cut } from "./cut.ts";
import type { Line, ResultLine } from "./line.ts";
import { createNesting, resultsOf } from "./nesting.ts";
import type { KtapDocument, KtapResult } from "./result.ts";

export interface Tree {
  take(indent: number, line: Line): void;
  /** Says more about the result before. */
  addToLast(text: string): void;
  finish(): KtapDocument;
}

/** What a result keeps of its diagnostics at most, in lines. */
const DIAGNOSTICS = 200;

export function createTree(): Tree {
  const losses: Losses = { errors: [], untold: 0, lost: 0 };
  const nesting = createNesting(losses);
  /** Results whose buffered subtests are under way, outermost first. */
  const opened: { readonly indent: number; readonly line: ResultLine }[] = [];
  let diagnostics: string[] = [];
  let lastSaid: string[] = [];
  let bailedOut = false;
  let skipped = false;

  function say(text: string): void {
    if (text !== "" && diagnostics.length < DIAGNOSTICS) diagnostics.push(text);
  }

  function addResult(indent: number, line: ResultLine, children: readonly KtapResult[]): void {
    const { name, number, ok, directive, reason } = line;
    if (nesting.wasAnnounced(name) && children.length === 0 && directive !== "skip") {
      tell(losses, `subtest ${name} has no results`);
    }
    nesting.at(indent).results.push({ name, number, ok, directive, reason, diagnostics, children });
    lastSaid = diagnostics;
    diagnostics = [];
  }

  function takeResult(indent: number, line: ResultLine): void {
    // What was followed by its equal had only a name with a brace at its end.
    for (let last = opened.at(-1); last && last.indent >= indent; last = opened.at(-1)) {
      opened.pop();
      addResult(last.indent, last.line, []);
    }
    // Where its subtests stand before it, the brace is part of its name.
    if (line.opens && !nesting.waitsBelow(indent)) opened.push({ indent, line });
    else addResult(indent, line, nesting.close(indent));
  }

  function closeBuffered(indent: number): void {
    const index = opened.findLastIndex((one) => one.indent === indent);
    const line = opened.splice(index < 0 ? opened.length : index)[0]?.line;
    if (line) addResult(indent, line.opens ?? line, nesting.close(indent));
    else say("}");
  }

  function endBuffered(): void {
    for (const { indent, line } of opened.splice(0).reverse()) {
      addResult(indent, line.opens ?? line, nesting.close(indent));
      lose(losses, 1, `the brace behind ${line.name} is never closed`);
    }
  }

  return {
    take(indent, line) {
      switch (line.type) {
        case "version": {
          const block = nesting.at(indent);
          block.version = block.results.length;
          break;
        }
        case "plan":
          planBlock(nesting.at(indent), line.plan, losses);
          skipped ||= line.skip !== undefined;
          if (line.skip !== undefined) say(cut(`SKIP ${line.skip}`.trim()));
          break;
        case "bail-out":
          bailedOut = true;
          tell(losses, `Bail out! ${line.reason}`.trim());
          break;
        case "result":
          takeResult(indent, line);
          break;
        case "closing":
          closeBuffered(indent);
          break;
        case "subtest":
          nesting.announce(indent, line.name);
          say(line.text);
          break;
        default:
          say(line.text);
      }
    },
    addToLast(text) {
      if (lastSaid.length < DIAGNOSTICS) lastSaid.push(cut(text));
    },
    finish() {
      endBuffered();
      const top = nesting.end();
      const results = top ? resultsOf(top) : [];
      if (results.length === 0 && !skipped) tell(losses, "no results");
      // Whatever a bail out has cut off, it was something.
      if (bailedOut && losses.lost === 0) losses.lost = 1;
      const { errors, untold, lost } = losses;
      if (untold > 0) errors.push(`and ${untold} more`);
      return { results, errors, lost, diagnostics };
    },
  };
}
