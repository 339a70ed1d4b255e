// The options that make the difference between two configurations.
import { join } from "node:path";
import type { Job } from "../plan/job.ts";
import { publishJson } from "../process/publish.ts";
import type { HuntJournal } from "../record/hunt-journal.ts";
import type { RunView } from "../run/recorded-run.ts";
import { ask } from "./ask.ts";
import { confidence } from "./confidence.ts";
import { writeMixture } from "./configurations.ts";
import { minimise, type Tried } from "./delta-debug.ts";
import { checkEnds } from "./ends.ts";
import { checkGround } from "./ground.ts";
import type { KconfigRecord, KconfigRequest, KconfigStep, OptionChange } from "./kconfig-record.ts";

export type KconfigBisect = HuntJournal<KconfigRequest, KconfigStep>;

const TRIED: Readonly<Record<KconfigStep["verdict"], Tried>> = {
  good: "pass",
  bad: "fail",
  skip: "unresolved",
};

/**
 * Bisects, or carries on where it was interrupted. Mixtures that olddefconfig resolves to the same
 * configuration are one kernel, and that is built and run once.
 *
 * @throws {UsageError} when the bad configuration shows nothing that the good one does not, or the
 * kernel's source or the cases are edited meanwhile
 * @throws {UntestableKernelError} when one of the two can't be judged
 * @throws {InterruptedError} when somebody stopped us; `uffdwp resume` finishes the hunt
 */
export async function bisectKconfig(hunt: KconfigBisect, view: RunView): Promise<KconfigRecord> {
  const { good, bad, differences, symptom: asked } = hunt.request;
  await checkGround(hunt.request, view);
  const [none, all] = [await jobWith(hunt, []), await jobWith(hunt, differences)];
  const ends = await checkEnds(
    { name: bad, job: all.job },
    [{ name: good, job: none.job }],
    asked,
    view,
  );
  await checkGround(hunt.request, view);
  const decided = new Map(hunt.steps.map((step) => [step.sha, step]));
  const steps: KconfigStep[] = [];

  async function tryOptions(set: readonly OptionChange[]): Promise<Tried> {
    const { sha, job } = await jobWith(hunt, set);
    const options = set.map(({ option }) => option);
    view.note(`${options.length} of ${differences.length} options: ${brief(options)}`);
    const before = decided.get(sha);
    const only = { ...job, cases: [...ends.cases] };
    const step = before ?? { sha, options, ...(await ask(only, ends.symptom, view)) };
    if (!before) {
      await checkGround(hunt.request, view);
      await hunt.append(step);
    }
    view.note(`  ${step.verdict}${step.why && `: ${step.why}`}`);
    steps.push(step);
    return TRIED[step.verdict];
  }

  const options = await minimise(differences, tryOptions);
  const answers = [ends.bad, ...ends.good, ...steps];
  const of = (verdict: string) => answers.filter((one) => one.verdict === verdict);
  const record: KconfigRecord = {
    id: hunt.id,
    firstBad: null,
    options,
    differences: differences.length,
    symptom: ends.symptom,
    steps,
    confidence: confidence(of("bad"), of("good")),
  };
  await publishJson(join(hunt.directory, "bisect.json"), record);
  return record;
}

async function jobWith(
  { request, directory }: KconfigBisect,
  bad: readonly OptionChange[],
): Promise<{ sha: string; job: Job }> {
  const { sha, file } = await writeMixture(directory, request, bad);
  const { job } = request;
  return { sha, job: { ...job, kconfig: [...job.kconfig, file], results: directory } };
}

function brief([first = "none", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
