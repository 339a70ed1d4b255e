// What a campaign comes to, in a word.
import type { CampaignRecord, MutantRecord } from "./campaign-record.ts";

/** Unreadable: a patch of the user's is wrong. Untestable: nothing was tried, or not all of it built. */
export type CampaignVerdict = "passed" | "failed" | "unreadable" | "untestable";

type Decided = Pick<CampaignRecord, "killed" | "survived"> & {
  readonly mutants: readonly Pick<MutantRecord, "status" | "contradictions" | "ran">[];
};

/** `passed` only where something was tried, all of it was noticed, and nothing was left untried. */
export function campaignVerdict({ mutants, killed, survived }: Decided): CampaignVerdict {
  const any = (status: MutantRecord["status"]) => mutants.some((one) => one.status === status);
  const isContradicted = mutants.some(({ contradictions }) => contradictions.length > 0);
  if (survived > 0 || isContradicted) return "failed";
  if (any("unreadable")) return "unreadable";
  if (any("not-built") || (killed === 0 && !isAnyTried(mutants))) return "untestable";
  return "passed";
}

/** Whether a case was run for one of them: for a proof of equivalence that held as well. */
export function isAnyTried(mutants: readonly Pick<MutantRecord, "ran">[]): boolean {
  return mutants.some(({ ran }) => ran > 0);
}
