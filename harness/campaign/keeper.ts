// Keeps a campaign: each mutant as soon as it is decided, and the whole of it at the end.
import type { CampaignPlan } from "../mutants/campaign-plan.ts";
import type { Mutant } from "../mutants/mutant.ts";
import type { Notice } from "../mutants/trial.ts";
import {
  appendMutant,
  type CampaignRecord,
  type MutantRecord,
  scoreOf,
  writeCampaignRecord,
} from "../record/campaign-record.ts";
import { keepCampaignPages } from "../report/html/campaign-page.tsx";
import { idleCases } from "./idle-cases.ts";

export interface Keeper {
  /** @param notices of its trial, if it had one */
  decide(mutant: MutantRecord, notices: readonly Notice[]): Promise<void>;
  /**
   * @param finished null for a campaign that was ended before its time
   * @param distrusted cases that were left out
   */
  keep(
    finished: Date | null,
    durations: CampaignRecord["durations"],
    distrusted: readonly string[],
  ): Promise<CampaignRecord>;
}

export interface KeptCampaign {
  readonly id: string;
  readonly started: Date;
  readonly plan: CampaignPlan;
  /** In the order of the record. */
  readonly mutants: readonly Mutant[];
  /** The suites side by side. */
  readonly columns: readonly string[];
}

export function createKeeper(
  { id, started, plan, mutants, columns }: KeptCampaign,
  onDecided: (mutant: MutantRecord, done: number) => void,
): Keeper {
  const decided: MutantRecord[] = [];
  const noticing = new Set<string>();
  const order = new Map(mutants.map((mutant, i) => [mutant.id, i]));
  const place = (mutant: MutantRecord) => order.get(mutant.id) ?? 0;
  return {
    async decide(mutant, notices) {
      decided.push(mutant);
      for (const notice of notices) noticing.add(notice.case);
      await appendMutant(plan.directory, mutant);
      onDecided(mutant, decided.length);
    },
    async keep(finished, durations, distrusted) {
      const { kernel, full } = plan;
      const rows = [...decided].sort((a, b) => place(a) - place(b));
      const record: CampaignRecord = {
        schema: 1,
        id,
        started: started.toISOString(),
        finished: finished?.toISOString() ?? null,
        kernel: { release: kernel.release, buildId: kernel.buildId, source: kernel.source },
        suites: [...columns],
        cases: plan.cases.length,
        full,
        durations,
        mutants: rows,
        ...scoreOf(rows),
        distrusted: [...distrusted],
        idle: full ? idleCases(plan.cases, noticing, distrusted) : [],
      };
      await writeCampaignRecord(plan.directory, record);
      await keepCampaignPages(plan.directory, record);
      return record;
    },
  };
}
