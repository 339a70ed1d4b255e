// The results at one depth of indent that are still waiting for their parent's result.
import type { KtapResult } from "./result.ts";

export interface Block {
  readonly indent: number;
  /** What `# Subtest:` calls it. */
  title: string | undefined;
  readonly results: KtapResult[];
  /** Results of subtests in here whose own result never came; no plan counts them. */
  readonly strays: KtapResult[];
  plan: number | undefined;
  /** How many results stood here before the document that the plan is of. */
  began: number;
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
  const nothing = { plan: undefined, version: undefined, began: 0 };
  return { indent, title, results: [], strays: [], ...nothing };
}

/** Documents may follow one another: a plan behind a version line is the next one's. */
export function planBlock(block: Block, count: number, losses: Losses): void {
  const { plan, version, results, began } = block;
  if (version !== undefined && version > began) {
    settlePlan(block, version, losses);
    block.began = version;
  } else if (plan !== undefined) {
    if (plan !== count) lose(losses, 1, `a plan of ${count} where there is one of ${plan}`);
    return;
  }
  block.plan = count;
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

function settlePlan({ plan, began }: Block, until: number, losses: Losses): void {
  const came = until - began;
  if (plan === undefined || came === plan) return;
  const only = came > plan ? "only " : "";
  lose(losses, Math.abs(plan - came), `${came} results where ${only}${plan} were planned`);
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
