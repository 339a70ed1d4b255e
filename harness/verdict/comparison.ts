// Two runs side by side: what got worse, what got better, what can't be told.
import type { OutcomeKind } from "../session/outcome.ts";
import { changeBetween, standingOf, worstOf } from "./change.ts";
import { type DurationChange, durationChanges } from "./durations.ts";
import { disagree, type Repetition, rateIn, type Seen, seenIn, standingsIn } from "./seen.ts";
import { isMoreFrequent } from "./statistics.ts";
import type { VerdictKind } from "./verdict.ts";

/** What a comparison looks at; a recorded run has it all. */
export interface ComparableRun {
  readonly kernel: { readonly configHash: string };
  readonly machine: object | null;
  readonly cases: readonly ComparableCase[];
  readonly findings: readonly ComparableFinding[];
}

interface ComparableFinding {
  readonly title: string;
  readonly case: string | null;
  /** Why it fails nothing. */
  readonly allowed?: string | null;
}

interface ComparableCase extends Repetition {
  readonly id: string;
  readonly reason: string;
  readonly durationMs: number;
}

/** A case in both runs; of its repetitions the worst speaks. Null where a run does not have it. */
export interface CaseChange {
  readonly case: string;
  readonly from: VerdictKind | null;
  readonly to: VerdictKind | null;
  readonly fromOutcome: OutcomeKind | null;
  readonly toOutcome: OutcomeKind | null;
  /** How often it stood how, those runs included that were to confirm a failure. */
  readonly fromSeen: Seen;
  readonly toSeen: Seen;
  /** What the second run says about it; the first, where the second has nothing. */
  readonly reason: string;
}

export interface Comparison {
  readonly worse: CaseChange[];
  readonly better: CaseChange[];
  readonly new: CaseChange[];
  readonly gone: CaseChange[];
  /** Its runs disagree, on one of the sides; it may be worse or better as well. */
  readonly flaky: CaseChange[];
  /** Neither worse nor better: a failure that skips now, a failure that has become a known one. */
  readonly changed: CaseChange[];
  readonly slower: DurationChange[];
  readonly faster: DurationChange[];
  /** How much longer the second run's cases take as a whole; null where the machines differ. */
  readonly pace: number | null;
  /** Titles of what the kernel log says outside of cases, in one of the runs only. */
  readonly findings: { readonly new: string[]; readonly gone: string[] };
}

export function compareRuns(before: ComparableRun, after: ComparableRun): Comparison {
  const [old, young] = [byId(before.cases), byId(after.cases)];
  const sameConfig = sameKnownConfig(before, after);
  const shared = [...young.keys()].filter((id) => old.has(id));
  const changes = shared.map((id) => {
    const [from, to] = [old.get(id) ?? [], young.get(id) ?? []];
    const change = describe(id, from, to);
    return { change, kind: kindOf(change.fromSeen, change.toSeen, sameConfig) };
  });
  const of = (kind: string) => changes.filter((one) => one.kind === kind).map((one) => one.change);
  return {
    worse: of("worse"),
    better: of("better"),
    new: [...young].flatMap(([id, to]) => (old.has(id) ? [] : [describe(id, [], to)])),
    gone: [...old].flatMap(([id, from]) => (young.has(id) ? [] : [describe(id, from, [])])),
    flaky: changes.map((one) => one.change).filter(isFlaky),
    changed: of("changed"),
    ...compareDurations(before, after, shared),
    findings: compareStrayFindings(before, after),
  };
}

/** Whether something got worse: a case, or what the kernel says outside of cases. */
export function gotWorse({ worse, findings }: Comparison): boolean {
  return worse.length + findings.new.length > 0;
}

/** Whether the configurations are known to be the same. */
function sameKnownConfig(one: ComparableRun, other: ComparableRun): boolean {
  return one.kernel.configHash !== "" && one.kernel.configHash === other.kernel.configHash;
}

/**
 * Worse is what stands worse than it ever did before, however seldom, and what fails significantly
 * more often. Better, where repetitions disagree, only what fails significantly less often, and in
 * the second run not at all.
 */
function kindOf(
  from: Seen,
  to: Seen,
  sameConfig: boolean,
): "same" | "worse" | "better" | "changed" {
  const [old, young] = [worstOf(standingsIn(from)), worstOf(standingsIn(to))];
  const change = changeBetween(old, young, sameConfig);
  if (change === "worse" || (!disagree(from) && !disagree(to))) return change;
  const [failedBefore, failedNow] = [rateIn(from), rateIn(to)];
  if (isMoreFrequent(failedBefore, failedNow)) return "worse";
  if (change !== "better" || disagree(to)) return "same";
  return isMoreFrequent(failedNow, failedBefore) ? "better" : "same";
}

function isFlaky({ fromSeen, toSeen }: CaseChange): boolean {
  return disagree(fromSeen) || disagree(toSeen);
}

function describe(
  id: string,
  from: readonly ComparableCase[],
  to: readonly ComparableCase[],
): CaseChange {
  const [old, young] = [worstCase(from), worstCase(to)];
  return {
    case: id,
    from: ownVerdict(old),
    to: ownVerdict(young),
    fromOutcome: old?.outcome ?? null,
    toOutcome: young?.outcome ?? null,
    fromSeen: seenIn(from),
    toSeen: seenIn(to),
    reason: young?.reason || old?.reason || "",
  };
}

/** Without what a baseline has excused. */
function ownVerdict(one: ComparableCase | undefined): VerdictKind | null {
  return one ? (one.excused ?? one.verdict) : null;
}

function worstCase(repetitions: readonly ComparableCase[]): ComparableCase | undefined {
  const worst = worstOf(repetitions.map(standingOf));
  return repetitions.find((one) => standingOf(one) === worst);
}

/** Only what passes in both is worth a clock, and only on like machines. */
function compareDurations(before: ComparableRun, after: ComparableRun, shared: readonly string[]) {
  if (JSON.stringify(before.machine) !== JSON.stringify(after.machine)) {
    return { slower: [], faster: [], pace: null };
  }
  const [old, young] = [byId(before.cases), byId(after.cases)];
  const passes = (repetitions: readonly ComparableCase[] = []) =>
    repetitions.filter((one) => one.outcome === "pass").map((one) => one.durationMs);
  const timed = shared.map((id) => ({
    id,
    before: passes(old.get(id)),
    after: passes(young.get(id)),
  }));
  return durationChanges(timed.filter((one) => one.before.length > 0 && one.after.length > 0));
}

function compareStrayFindings(before: ComparableRun, after: ComparableRun) {
  const [old, young] = [strayTitles(before), strayTitles(after)];
  return {
    new: young.filter((title) => !old.includes(title)),
    gone: old.filter((title) => !young.includes(title)),
  };
}

function strayTitles({ findings }: ComparableRun): string[] {
  return [...new Set(strayIn(findings).map(({ title }) => title))];
}

/** Findings that no case owns and no list allows. */
export function strayIn<F extends ComparableFinding>(findings: readonly F[]): F[] {
  return findings.filter(({ case: owner, allowed }) => owner === null && !allowed);
}

function byId(cases: readonly ComparableCase[]): Map<string, ComparableCase[]> {
  const map = new Map<string, ComparableCase[]>();
  for (const one of cases) map.set(one.id, [...(map.get(one.id) ?? []), one]);
  return map;
}
