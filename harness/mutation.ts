// A campaign of mutants: plant, map, try, record. The loop around the one way of a job.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { InterruptedError, UntestableKernelError, UsageError } from "./errors.ts";
import { chooseMachine } from "./guest/choose-machine.ts";
import type { CaseDescription } from "./image/case-list.ts";
import { prepareKselftests } from "./image/kselftest/prepare.ts";
import { suiteNameOf } from "./image/kselftest/spec.ts";
import { prepareImage } from "./image/prepare.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { plantAlone } from "./mutants/alone.ts";
import {
  type CampaignPlan,
  type GuardedTrial,
  makeHitMap,
  tryAlone,
  tryGuarded,
} from "./mutants/campaign.ts";
import type { HitMap } from "./mutants/hit-map.ts";
import { loadMutants } from "./mutants/load.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { plantAll, type Standing } from "./mutants/plant.ts";
import type { LimitedCase } from "./mutants/stand.ts";
import type { Notice } from "./mutants/trial.ts";
import type { Job } from "./plan/job.ts";
import { limitsOf, ownLimit } from "./plan/limits.ts";
import { selectCases } from "./plan/select-cases.ts";
import type { Progress } from "./process/progress.ts";
import {
  appendMutant,
  type CampaignRecord,
  type MutantRecord,
  scoreOf,
  writeCampaignRecord,
} from "./record/campaign-record.ts";
import { createReportDirectory } from "./record/results.ts";
import { keepCampaignPages } from "./report/html/campaign-page.tsx";

export interface MutationPlan {
  readonly job: Job;
  /** Where the mutants are; ours unless given. */
  readonly directory: string | undefined;
  /** Only these; all of them when there are none. */
  readonly only: readonly string[];
  readonly full: boolean;
  /** Each mutant in a kernel of its own. */
  readonly rebuild: boolean;
}

export interface MutationView extends Progress {
  decided(mutant: MutantRecord, position: { readonly done: number; readonly of: number }): void;
}

export interface RecordedCampaign {
  readonly record: CampaignRecord;
  readonly directory: string;
  /** What ended it before its time. */
  readonly error?: unknown;
}

/** All our cases as one column, beside suites of others. */
const OURS = "ours";

/**
 * Runs a campaign and keeps it.
 *
 * @throws {UsageError} when a mutant, a case or a suite does not exist
 * @throws {UntestableKernelError} when the kernel does not build
 */
export async function runCampaign(
  { job, directory: dir, only, full, rebuild }: MutationPlan,
  view: MutationView,
): Promise<RecordedCampaign> {
  const started = new Date();
  const mutants = await loadMutants(dir);
  const wanted = chosenMutants(mutants, only);
  const kselftests = await prepareKselftests(kselftestJob(job), view);
  const { ownCases } = job;
  const plain = await prepareImage(undefined, view, { kselftests, ownCases });
  chosenCases(plain.cases, job, 0);

  const begin = performance.now();
  const { kernel, standings } = await plantAll(job, mutants, view);
  const built = performance.now();
  const image = await prepareImage(kernel, view, { kselftests, ownCases });
  const machine = await chooseMachine(job, kernel, image, view);
  const limits = limitsOf(job, machine.accel);
  const { id, directory } = await createReportDirectory(resolve(job.results), started, "mutants");
  let guests = 0;
  const plan: CampaignPlan = {
    ...{ kernel, image, machine, limits, directory, full, guests: job.guests },
    cases: chosenCases(image.cases, job, limits.case, machine.accel),
    nextGuest: () => guests++,
    bootFailed: async (number, reason) =>
      view.note(`guest ${number} did not come up: ${reason.split("\n")[0]}`),
  };

  const decided: MutantRecord[] = [];
  const of = wanted.length;
  const decide = async (mutant: MutantRecord) => {
    decided.push(mutant);
    await appendMutant(directory, mutant);
    view.decided(mutant, { done: decided.length, of });
  };
  const keep = async (finished: Date | null, durations: CampaignRecord["durations"]) => {
    const order = new Map(mutants.map((mutant, i) => [mutant.id, i]));
    const rows = [...decided].sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
    const noticed = new Set(rows.flatMap(({ by }) => by));
    const record: CampaignRecord = {
      ...{ schema: 1, id, started: started.toISOString() },
      finished: finished?.toISOString() ?? null,
      kernel: { release: kernel.release, buildId: kernel.buildId, source: kernel.source },
      ...{ suites: columnsOf(job), cases: plan.cases.length, full, durations, mutants: rows },
      ...scoreOf(rows),
      idle: full
        ? plan.cases.map((one) => one.description.id).filter((one) => !noticed.has(one))
        : [],
    };
    await writeCampaignRecord(directory, record);
    await keepCampaignPages(directory, record);
    return { record, directory };
  };

  let mapped = built;
  const durations = () => ({
    build: Math.round(built - begin),
    map: Math.round(mapped - built),
    trials: Math.round(performance.now() - mapped),
  });
  try {
    view.status(`mapping ${plan.cases.length} cases`);
    const map = await makeHitMap(plan, job.cache, (done) =>
      view.status(`mapping: ${done} of ${plan.cases.length} cases`),
    );
    mapped = performance.now();
    const standing = (mutant: Mutant) => standings.find((one) => one.id === mutant.id) as Standing;
    const pending = wanted.map((mutant) => ({ mutant, standing: standing(mutant) }));
    for (const one of pending) {
      const settled = settledBefore(one.mutant, one.standing);
      if (settled) await decide(settled);
    }
    const open = pending.filter(({ mutant }) => !decided.some((row) => row.id === mutant.id));
    const guarded = open.filter((one) => !rebuild && one.standing.how === "guarded");
    const byId = new Map(wanted.map((mutant) => [mutant.id, mutant]));
    await tryGuarded(
      plan,
      map,
      guarded.map((one) => one.standing),
      async (trial) => {
        const mutant = byId.get(trial.standing.id) as Mutant;
        await decide(recordOf(mutant, trial, "guarded", columnsOf(job)));
      },
    );
    for (const { mutant, standing } of open.filter((one) => !guarded.includes(one))) {
      await decide(await tryRebuilt(job, plan, mutant, standing, map, view));
    }
    return await keep(new Date(), durations());
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    return { ...(await keep(null, durations())), error };
  }
}

/** What needs no run: proven equivalent, or without a place. */
function settledBefore(mutant: Mutant, standing: Standing): MutantRecord | undefined {
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

function recordOf(
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

async function tryRebuilt(
  job: Job,
  plan: CampaignPlan,
  mutant: Mutant,
  standing: Standing,
  map: HitMap,
  view: MutationView,
): Promise<MutantRecord> {
  const begin = performance.now();
  view.status(`building a kernel with ${mutant.id} alone`);
  let kernel: Kernel;
  try {
    kernel = await plantAlone(job, mutant, view);
  } catch (error) {
    if (!(error instanceof UntestableKernelError)) throw error;
    const none = { notices: [], ran: 0, reaching: [], differing: [], standing };
    const durationMs = Math.round(performance.now() - begin);
    const record = recordOf(mutant, { ...none, durationMs }, "alone", []);
    return { ...record, status: "not-built", reason: error.message };
  }
  const trial = await tryAlone({ ...plan, kernel }, map, standing);
  const durationMs = Math.round(performance.now() - begin);
  const record = recordOf(mutant, { ...trial, durationMs }, "alone", columnsOf(job));
  return { ...record, reason: reasonOf(trial.notices, ["?"], ["?"]) };
}

function chosenMutants(mutants: readonly Mutant[], only: readonly string[]): Mutant[] {
  for (const id of only) {
    if (!mutants.some((mutant) => mutant.id === id)) {
      throw new UsageError(`There is no mutant ${id}; npx uffdwp list mutants shows them.`);
    }
  }
  return mutants.filter(({ id }) => only.length === 0 || only.includes(id));
}

function kselftestJob(job: Job): Job {
  return { ...job, suites: job.suites.filter((suite) => suite !== OURS) };
}

/** The suites side by side; one alone is no column. */
function columnsOf({ suites }: Job): string[] {
  return suites.length > 1 ? suites.map(suiteNameOf) : [];
}

function chosenCases(
  cases: readonly CaseDescription[],
  job: Job,
  limitMs: number,
  accel: "kvm" | "tcg" = "tcg",
): LimitedCase[] {
  const ours = new Set(cases.filter(({ results }) => results === "one").map(({ suite }) => suite));
  const suites = job.suites.map(suiteNameOf).flatMap((one) => (one === OURS ? [...ours] : [one]));
  const columns = columnsOf(job);
  const usual = suites.length === 0 ? cases.filter(({ results }) => results === "one") : cases;
  return selectCases(usual, { globs: job.cases, suites }).map((description) => {
    const { limit, suite } = description;
    const own = columns.includes(suite) ? suite : OURS;
    return {
      ...{ description, column: columns.length > 0 ? own : "" },
      limitMs: limit === undefined ? limitMs : ownLimit(limit, job, accel),
    };
  });
}

/** Guests side by side, where nobody says how many. */
export function usualGuests(): number {
  return Math.max(1, Math.min(2, availableParallelism()));
}
