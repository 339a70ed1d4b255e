// The results at one depth of indent that are still waiting for their parent's result.
import { hold, type Plan } from "./plan.ts";
import type { KtapResult } from "./result.ts";

export interface Block {
  readonly indent: number;
  /** What `# Subtest:` calls it. */
  title: string | undefined;
  readonly results: KtapResult[];
  /** Results of subtests in here whose own result never came; no plan counts them. */
  readonly strays: KtapResult[];
  plan: Plan | undefined;
  /** How many results stood here before the document that the plan is of. */
  began: number;
  /** Up to which number the documents before that have counted. */
  counted: number;
  /** How many results stood here when the last version line came by. */
  version: number | undefined;
}

/** What does not add up, told in words and counted. */
export interface Losses {
  /** The first of them; how many more there were is counted. */
  readonly errors: string[];
  untold: number;
  lost: number;
}

/** Whoever reads more of them has stopped understanding. */
const TOLD = 100;

export function openBlock(indent: number, title: string | undefined): Block {
  const nothing = { plan: undefined, version: undefined, began: 0, counted: 0 };
  return { indent, title, results: [], strays: [], ...nothing };
}

/** Documents may follow one another: a plan behind a version line is the next one's. */
export function planBlock(block: Block, plan: Plan, losses: Losses): void {
  const { version, results, began } = block;
  if (version !== undefined && version > began) {
    settlePlan(block, version, losses);
  } else if (block.plan !== undefined) {
    const { first, count } = block.plan;
    if (first === plan.first && count === plan.count) return;
    lose(losses, 1, `a plan of ${plan.count} where there is one of ${count}`);
    return;
  }
  block.plan = plan;
  block.version = undefined;
  if (results.length < block.began) block.began = results.length;
}

/** Holds what came against what was planned. */
export function settle(block: Block, losses: Losses): void {
  settlePlan(block, block.results.length, losses);
  if (block.version !== undefined && block.plan === undefined && block.results.length === 0) {
    lose(losses, 1, "no result and no plan behind a version line");
  }
}

/** Ends the document that the plan is of before the result `until`. */
function settlePlan(block: Block, until: number, losses: Losses): void {
  const { plan, began, results, counted } = block;
  block.began = until;
  if (plan === undefined) return;
  const since = results.splice(began);
  const held = hold(since.slice(0, until - began), plan, counted);
  if (held.why !== "") lose(losses, held.lost, held.why);
  append(results, held.results);
  block.began = results.length;
  block.counted = held.counted;
  append(results, since.slice(until - began));
}

/** One by one: more arguments than a stack holds are a call that throws. */
export function append(to: KtapResult[], more: readonly KtapResult[]): void {
  for (const one of more) to.push(one);
}

export function lose(losses: Losses, count: number, why: string): void {
  losses.lost += count;
  tell(losses, why);
}

/** Notes what is odd and loses nothing. */
export function tell(losses: Losses, why: string): void {
  if (losses.errors.length < TOLD) losses.errors.push(why);
  else losses.untold++;
}
