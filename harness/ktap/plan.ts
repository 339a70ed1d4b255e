// A plan, held against the results of its document.
import type { KtapResult } from "./result.ts";

export interface Plan {
  readonly first: number;
  readonly count: number;
}

interface Held {
  /** The results without echoes. */
  readonly results: readonly KtapResult[];
  readonly lost: number;
  /** In words; "" where nothing is lost. */
  readonly why: string;
  /** Up to which number the documents have counted now. */
  readonly counted: number;
}

/** How many numbers are named that should not be there. */
const NAMED = 5;

/**
 * Numbers are optional; where they are given, each of the plan's comes once. One that comes again, or
 * that the plan does not know, is not the result that is missing.
 *
 * @param counted up to which number the documents before have counted: KUnit counts on from one
 *   module's document to the next
 */
export function hold(results: readonly KtapResult[], plan: Plan, counted: number): Held {
  const shift = shiftOf(results, plan, counted);
  const seen = new Map<number, KtapResult>();
  const kept: KtapResult[] = [];
  const odd: string[] = [];
  let unnumbered = 0;
  let highest = counted;
  for (const result of results) {
    const { number } = result;
    const place = number === undefined ? undefined : number - shift;
    const twin = place === undefined ? undefined : seen.get(place);
    if (!twin || !isEcho(result, twin)) kept.push(result);
    if (place === undefined) unnumbered++;
    else if (twin) odd.push(`${number} again`);
    else if (place < plan.first || place >= plan.first + plan.count) odd.push(`${number}`);
    else seen.set(place, result);
    highest = Math.max(highest, number ?? 0);
  }
  const came = seen.size + unnumbered;
  return { results: kept, ...lossOf(came, plan.count, odd), counted: highest };
}

/** A number too many often stands where another is missing: that is one loss. */
function lossOf(came: number, count: number, odd: readonly string[]): Pick<Held, "lost" | "why"> {
  const missing = Math.max(0, count - came);
  const surplus = odd.length + Math.max(0, came - count);
  if (missing + surplus === 0) return { lost: 0, why: "" };
  const only = surplus > missing ? "only " : "";
  const named = odd.slice(0, NAMED).map((number) => `, and number ${number}`);
  const more = odd.length > NAMED ? `, and ${odd.length - NAMED} more` : "";
  const why = `${came} results where ${only}${count} were planned${named.join("")}${more}`;
  return { lost: Math.max(missing, surplus), why };
}

function shiftOf(results: readonly KtapResult[], { first }: Plan, counted: number): number {
  const goesOn = results.every(({ number }) => number === undefined || number > counted);
  return goesOn ? Math.max(0, counted - first + 1) : 0;
}

/** What a child process prints once more that was forked with its parent's buffer half full. */
function isEcho(one: KtapResult, other: KtapResult): boolean {
  return (
    one.name === other.name &&
    one.ok === other.ok &&
    one.directive === other.directive &&
    one.children.length + other.children.length === 0
  );
}
