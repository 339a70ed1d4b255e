// What is recorded of a mutant: of its trial, or of what made one needless.
import type { GuardedTrial } from "../mutants/campaign.ts";
import type { Mutant } from "../mutants/mutant.ts";
import type { Standing } from "../mutants/plant.ts";
import type { Notice } from "../mutants/trial.ts";
import type { MutantRecord } from "../record/campaign-record.ts";

/** What needs no run: proven equivalent, or without a place. */
export function settledBefore(mutant: Mutant, standing: Standing): MutantRecord | undefined {
  const none = { notices: [], ran: 0, reaching: [], differing: [], durationMs: 0, standing };
  if (standing.how === "not-applicable") {
    return { ...recordOf(mutant, none, "none", []), status: "not-applicable" };
  }
  if (mutant.equivalent !== undefined) {
    const how = standing.how === "guarded" ? "guarded" : "none";
    const reason = mutant.equivalent.trim();
    return { ...recordOf(mutant, none, how, []), status: "equivalent", reason };
  }
  return undefined;
}

/** @param columns the suites side by side */
export function recordOf(
  { id, why }: Mutant,
  { standing, notices, ran, reaching, differing, durationMs }: GuardedTrial,
  how: MutantRecord["how"],
  columns: readonly string[],
): MutantRecord {
  const [spot] = standing.spots;
  const of = (column: string) => idsOf(notices.filter((notice) => notice.column === column));
  return {
    ...{ id, file: spot?.file ?? "", function: spot?.function ?? "", why },
    status: notices.length > 0 ? "killed" : "survived",
    by: idsOf(notices),
    suite: Object.fromEntries(columns.map((column) => [column, of(column)])),
    ...{ durationMs, reason: standing.reason || reasonOf(notices, reaching, differing), how, ran },
    ...{ reaching: [...reaching], differing: [...differing], spots: standing.spots },
  };
}

export function reasonOf(
  [first]: readonly Notice[],
  reaching: readonly string[],
  differing: readonly string[],
): string {
  if (first) return first.reason;
  if (reaching.length === 0) return "no case reaches it";
  if (differing.length === 0) return "reached, and in no case does it make a difference there";
  return "no case that reaches it notices";
}

function idsOf(notices: readonly Notice[]): string[] {
  return [...new Set(notices.map(({ id }) => id))];
}
