// What a campaign's trials have in common: its cases, and where they are run.
import type { LimitedCase, StandOptions } from "./stand.ts";

export interface CampaignPlan extends StandOptions {
  readonly cases: readonly LimitedCase[];
  /** How many guests run side by side. */
  readonly guests: number;
  /** Every case of a trial is run, also after one has noticed. */
  readonly full: boolean;
}

/** Cases of the plan by their ids, in the order of these. */
export function casesOf({ cases }: CampaignPlan, ids: readonly string[]): LimitedCase[] {
  const byId = new Map(cases.map((one) => [one.description.id, one]));
  return ids.map((id) => byId.get(id) as LimitedCase);
}
