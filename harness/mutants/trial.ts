// One mutant on trial: which of its cases notice it, beyond doubt.
import type { OutcomeKind } from "../session/outcome.ts";
import type { CaseHits } from "./hit-map.ts";
import { differences, newSplats, type Observation } from "./observation.ts";
import type { LimitedCase, Stand } from "./stand.ts";

/** One result that was different, and how it showed. */
export interface Notice {
  /** The case, or the result of a program of many. */
  readonly id: string;
  readonly case: string;
  readonly column: string;
  readonly outcome: string;
  readonly reason: string;
}

export interface Trial {
  readonly notices: readonly Notice[];
  /** How many cases were run for it. */
  readonly ran: number;
}

/** How cases are with all mutants asleep. */
export interface AsleepBaseline {
  /** Undefined for a case that is not, or no longer, trusted. */
  usual(id: string): CaseHits | undefined;
  /** The case is not as it was mapped, although no mutant is awake: what it shows proves nothing. */
  distrust(id: string): Promise<void>;
}

export interface TrialOptions {
  /** Undefined where the mutant is all the kernel is. */
  readonly mutant: number | undefined;
  readonly cases: readonly LimitedCase[];
  readonly baseline: AsleepBaseline;
  /** Where cases are run with all mutants asleep. */
  readonly asleep: Stand;
  /** Goes on after the first case of each column that notices. */
  readonly full: boolean;
}

/**
 * How long a case may take under a mutant: so many times what it takes asleep, but so many
 * milliseconds at least, and at most so many longer. A guest is given up when it is silent for
 * `grace` after that.
 */
const HURRY = { times: 20, least: 4000, longer: 60_000, grace: 3000 } as const;

/** Runs cases under a mutant until one of each column notices, or all of them. */
export async function tryMutant(stand: Stand, options: TrialOptions): Promise<Trial> {
  const { mutant, cases, baseline, full } = options;
  const notices: Notice[] = [];
  let ran = 0;
  for (const one of cases) {
    if (!full && notices.some(({ column }) => column === one.column)) continue;
    const usual = baseline.usual(one.description.id);
    if (!usual) continue;
    ran++;
    const first = await stand.run(hurried(one, usual), mutant);
    if (!isOther(usual, first)) continue;
    const sure = await confirm(stand, one, { usual, first }, options);
    if (sure) notices.push(...noticesOf(one, usual, sure));
  }
  return { notices, ran };
}

/** A case that a mutant makes hang is not waited for as long as a slow one may take. */
function hurried(one: LimitedCase, { durationMs }: CaseHits): LimitedCase {
  const patience = Math.min(HURRY.times * durationMs, durationMs + HURRY.longer);
  const limitMs = Math.min(one.limitMs, Math.max(HURRY.least, patience));
  return { ...one, limitMs, graceMs: HURRY.grace };
}

function isOther(usual: CaseHits, now: Observation): boolean {
  return differences(usual, now).length > 0 || newSplats(usual, now).length > 0;
}

/** A splat alone is the case's own: none of its results is another one. */
function noticesOf({ description, column }: LimitedCase, usual: CaseHits, now: Observation) {
  const results = differences(usual, now);
  const [splat] = newSplats(usual, now);
  return (results.length > 0 ? results : [description.id]).map((id): Notice => {
    const outcome = now.outcomes.get(id) ?? "missing";
    // Who passes gives no reason: what is said then is another result's.
    const said = outcome === "pass" ? "" : now.reason;
    const change = `${VERBS[outcome]}, and ${VERBS[usual.outcomes.get(id) ?? "missing"]} with the mutant asleep`;
    return { id, case: description.id, column, outcome, reason: splat ?? (said || change) };
  });
}

const VERBS: Readonly<Record<OutcomeKind | "missing", string>> = {
  pass: "passes",
  fail: "fails",
  skip: "skips",
  crash: "crashes",
  timeout: "hangs",
  error: "is lost",
  "not-run": "is not run",
  missing: "is missing",
};

interface Seen {
  readonly usual: CaseHits;
  readonly first: Observation;
}

/**
 * Whether the case notices, and not what an earlier one has left behind, or chance, now or when it
 * was mapped: asleep, the mutant must not matter, and awake it must matter again.
 *
 * @returns what counts, or undefined when nothing does
 */
async function confirm(
  stand: Stand,
  one: LimitedCase,
  { usual, first }: Seen,
  { mutant, asleep, baseline }: TrialOptions,
): Promise<Observation | undefined> {
  if (mutant === undefined) await stand.discard();
  if (!(await isUsual(asleep, one, usual))) {
    await baseline.distrust(one.description.id);
    return undefined;
  }
  // Of a kernel that always warns, another title may be a garbled one.
  if (first.splats.length > 0 && usual.splats.length === 0) return first;
  const again = await stand.run(hurried(one, usual), mutant);
  if (!isOther(usual, again)) return undefined;
  if (mutant !== undefined && !again.lost) {
    const after = await asleep.run(one, 0);
    if (isOther(usual, after)) await asleep.discard();
  }
  return again;
}

/** Asked twice: a guest may be spoilt by what ran in it before, a fresh one is not. */
async function isUsual(asleep: Stand, one: LimitedCase, usual: CaseHits): Promise<boolean> {
  if (!isOther(usual, await asleep.run(one, 0))) return true;
  await asleep.discard();
  if (!isOther(usual, await asleep.run(one, 0))) return true;
  await asleep.discard();
  return false;
}
