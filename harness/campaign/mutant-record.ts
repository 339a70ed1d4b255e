// What is recorded of a mutant: of its trial, or of what made one needless.
import type { AloneTrial } from "../mutants/alone-trial.ts";
import type { MutantTrial } from "../mutants/guarded-trial.ts";
import type { Mutant } from "../mutants/mutant.ts";
import type { Planting } from "../mutants/plant.ts";
import type { Notice } from "../mutants/trial.ts";
import type { MutantRecord } from "../record/campaign-record.ts";

/** What needs no run: without a place, or proven equivalent, unless the proof is to be tried. */
export function settledBefore(
  mutant: Mutant,
  planting: Planting,
  tryProofs: boolean,
): MutantRecord | undefined {
  const { how } = planting;
  if (how === "not-applicable" || how === "unreadable") {
    return { ...recordOf(mutant, untried(planting), "none", []), status: how };
  }
  if (mutant.equivalent === undefined || tryProofs) return undefined;
  return recordOf(mutant, untried(planting), how === "guarded" ? how : "none", []);
}

/** Of a mutant in the kernel of all. @param columns the suites side by side */
export function recordOf(
  mutant: Mutant,
  trial: MutantTrial,
  how: MutantRecord["how"],
  columns: readonly string[],
): MutantRecord {
  const { id, why, equivalent } = mutant;
  const { planting, notices, ran, reaching, differing, durationMs } = trial;
  const [spot] = planting.spots;
  const of = (column: string) => idsOf(notices.filter((notice) => notice.column === column));
  const record: MutantRecord = {
    id,
    file: spot?.file ?? "",
    function: spot?.function ?? "",
    why,
    status: notices.length > 0 ? "killed" : "survived",
    by: idsOf(notices),
    suite: Object.fromEntries(columns.map((column) => [column, of(column)])),
    durationMs,
    reason: planting.reason || reasonOf(notices, reaching, differing),
    how,
    ran,
    reaching: [...reaching],
    differing: [...differing],
    spots: planting.spots,
    contradictions: [],
  };
  return equivalent === undefined ? record : againstProof(record, equivalent);
}

/** Of one in a kernel of its own, where the map's word for it may turn out wrong. */
export function recordOfAlone(
  mutant: Mutant,
  trial: AloneTrial & { readonly durationMs: number },
  columns: readonly string[],
): MutantRecord {
  const record = recordOf(mutant, trial, "alone", columns);
  const { notices, mispruned, bootFailure, reaching } = trial;
  if (bootFailure !== undefined) {
    const reason = `the kernel does not come up with it: ${bootFailure}`;
    const killed = { ...record, status: "killed" as const, reason };
    return mutant.equivalent === undefined ? killed : againstProof(killed, mutant.equivalent);
  }
  const contradictions = mispruned.map((id) => {
    const how = reaching.includes(id) ? "without a difference" : "not at all";
    return `${id} notices it, and would not have been asked: the hit map has it reach it ${how}`;
  });
  const isEquivalent = record.status === "equivalent";
  const reason = isEquivalent ? record.reason : reasonOf(notices, ["?"], ["?"]);
  return { ...record, reason, contradictions: [...record.contradictions, ...contradictions] };
}

/** Of one whose kernel does not build. */
export function recordOfUnbuilt(
  mutant: Mutant,
  planting: Planting,
  { reason, durationMs }: { readonly reason: string; readonly durationMs: number },
): MutantRecord {
  const record = recordOf(mutant, { ...untried(planting), durationMs }, "alone", []);
  return { ...record, status: "not-built", reason };
}

function againstProof(record: MutantRecord, proof: string): MutantRecord {
  if (record.status !== "killed") return { ...record, status: "equivalent", reason: proof.trim() };
  const contradiction = `it is noticed, although it is said that nobody can: ${proof.trim()}`;
  return { ...record, contradictions: [...record.contradictions, contradiction] };
}

function untried(planting: Planting): MutantTrial {
  return { planting, notices: [], ran: 0, reaching: [], differing: [], durationMs: 0 };
}

function reasonOf(
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
