// One case over all runs: how it came out, when that changed, how often it is not to be relied on.
import type { OutcomeKind } from "../session/outcome.ts";
import type { Database } from "./schema.ts";

/** A run of the case; of its repetitions the worst outcome speaks. */
interface CaseRun {
  readonly run: string;
  readonly started: string;
  readonly release: string;
  readonly outcome: OutcomeKind;
  readonly verdict: string;
  readonly durationMs: number;
  /** Equal for runs of the same kernel and the same cases. */
  readonly kernel: string;
}

export interface CaseHistory {
  readonly case: string;
  readonly totals: Readonly<Partial<Record<OutcomeKind, number>>>;
  /** Of runs on a kernel on which it had run before, those that came out otherwise. */
  readonly flakes: { readonly repeats: number; readonly different: number; readonly rate: number };
  /** Each run that came out otherwise than the one before; the first is the oldest. */
  readonly changes: readonly CaseChange[];
  /** The oldest first. */
  readonly runs: readonly CaseRun[];
}

interface CaseChange {
  readonly run: string;
  readonly release: string;
  readonly from: OutcomeKind;
  readonly to: OutcomeKind;
}

/**
 * From the worst to the best: of repetitions, and of what is no answer at all. A history is one of
 * outcomes, not of verdicts: a crash that is a known one is no pass.
 */
const WORST: readonly string[] = ["crash", "timeout", "fail", "error", "not-run", "skip", "pass"];

/** Undefined where no run has the case. */
export function caseHistory(database: Database, id: string): CaseHistory | undefined {
  const rows = database.all(
    `SELECT runs.name AS run, started, release, kernel, outcome, verdict, duration
     FROM turns JOIN cases ON cases.id = case_id JOIN runs ON runs.id = run_id
     WHERE cases.name = ? ORDER BY runs.name, repetition`,
    [id],
  );
  if (rows.length === 0) return undefined;
  const turns = rows.map((row) => ({
    run: String(row.run),
    started: String(row.started),
    release: String(row.release),
    kernel: String(row.kernel),
    outcome: row.outcome as OutcomeKind,
    verdict: String(row.verdict),
    durationMs: Number(row.duration),
  }));
  const runs = worstOfRepetitions(turns);
  return {
    case: id,
    totals: countOutcomes(runs),
    flakes: flakesOf(turns),
    changes: changesOf(runs),
    runs,
  };
}

function worstOfRepetitions(turns: readonly CaseRun[]): CaseRun[] {
  const byRun = new Map<string, CaseRun>();
  for (const turn of turns) {
    const before = byRun.get(turn.run);
    if (!before || rank(turn) < rank(before)) byRun.set(turn.run, turn);
  }
  return [...byRun.values()];
}

function rank({ outcome }: CaseRun): number {
  return WORST.indexOf(outcome);
}

function countOutcomes(runs: readonly CaseRun[]): Partial<Record<OutcomeKind, number>> {
  const totals: Partial<Record<OutcomeKind, number>> = {};
  for (const { outcome } of runs) totals[outcome] = (totals[outcome] ?? 0) + 1;
  return totals;
}

/** What is lost contradicts nothing; a run may contradict itself by its repetitions. */
function flakesOf(turns: readonly CaseRun[]): CaseHistory["flakes"] {
  const last = new Map<string, OutcomeKind>();
  let [repeats, different] = [0, 0];
  for (const { kernel, outcome } of turns.filter(isTelling)) {
    const before = last.get(kernel);
    if (before !== undefined) repeats++;
    if (before !== undefined && before !== outcome) different++;
    last.set(kernel, outcome);
  }
  return { repeats, different, rate: repeats === 0 ? 0 : different / repeats };
}

function changesOf(runs: readonly CaseRun[]): CaseChange[] {
  const telling = runs.filter(isTelling);
  return telling.flatMap(({ run, release, outcome }, i) => {
    const before = telling[i - 1]?.outcome;
    return before === undefined || before === outcome
      ? []
      : [{ run, release, from: before, to: outcome }];
  });
}

function isTelling({ outcome }: CaseRun): boolean {
  return outcome !== "error" && outcome !== "not-run";
}
