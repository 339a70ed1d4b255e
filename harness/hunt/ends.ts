// Both ends of a hunt, checked before anything is hunted: the bad one shows the symptom, the good one does not.
import { UntestableKernelError, UsageError } from "../errors.ts";
import type { Job } from "../plan/job.ts";
import type { Run } from "../record/run-schema.ts";
import type { RunView } from "../run/recorded-run.ts";
import { type Answer, answerOf, type TestedKernel, testKernel } from "./ask.ts";
import { besideUsual, isEmpty, type Symptom, symptomBetween, symptomWords } from "./symptom.ts";

export interface End {
  readonly name: string;
  readonly job: Job;
}

export interface CheckedEnds {
  readonly symptom: Symptom;
  readonly bad: Answer;
  readonly good: readonly Answer[];
  /** The cases that decide, where those of the job are more than that. */
  readonly cases: readonly string[];
}

/**
 * @param asked the symptom, where the user has named one; otherwise it is what tells the ends apart
 * @throws {UsageError} when the bad end does not show it, or the good one does
 * @throws {UntestableKernelError} when an end can't be judged
 */
export async function checkEnds(
  bad: End,
  good: readonly End[],
  asked: Symptom | null,
  view: RunView,
): Promise<CheckedEnds> {
  const symptom = asked ?? (await findSymptom(bad, good, view));
  view.note(`symptom: ${symptomWords(symptom)}`);
  const cases = await decidingCases(bad, symptom, view);
  const only = ({ job }: End): Job => ({ ...job, cases: [...cases] });
  const answer = await askEnd({ ...bad, job: only(bad) }, symptom, view);
  if (answer.verdict !== "bad") throw new UsageError(wrongEnd(bad, answer, "does not show"));
  let beside = symptom;
  const answers: Answer[] = [];
  for (const end of good) {
    const tested = await testEnd({ ...end, job: only(end) }, view);
    beside = besideUsual(beside, tested.run);
    const one = answerOf(tested, beside, end.job.repeat);
    if (one.verdict !== "good") throw new UsageError(wrongEnd(end, one, "is not free of"));
    answers.push(one);
  }
  return { symptom: beside, bad: answer, good: answers, cases };
}

async function findSymptom(bad: End, good: readonly End[], view: RunView): Promise<Symptom> {
  const runs = [];
  for (const end of [bad, ...good]) {
    view.note(`checking ${end.name}`);
    runs.push((await testEnd(end, view)).run);
  }
  const [badRun, ...goodRuns] = runs as [Run, ...Run[]];
  const symptom = symptomBetween(goodRuns, badRun);
  if (!isEmpty(symptom)) return symptom;
  throw new UsageError(
    `${bad.name} shows nothing that ${good.map(({ name }) => name).join(" and ")} does not. Name other cases or a --symptom, or ask more often: --confirm.`,
  );
}

async function testEnd({ name, job }: End, view: RunView): Promise<TestedKernel> {
  const tested = await testKernel(job, view);
  if (tested.untestable) throw endUntestable(name, tested.untestable);
  return tested;
}

async function askEnd(end: End, symptom: Symptom, view: RunView): Promise<Answer> {
  return answerOf(await testEnd(end, view), symptom, end.job.repeat);
}

/** A whole suite need not run again where a few cases decide; unless they depend on the others. */
async function decidingCases(
  bad: End,
  symptom: Symptom,
  view: RunView,
): Promise<readonly string[]> {
  const ids = symptom.cases.map(({ id }) => id);
  const plain = ids.every((id) => /^[\w./-]+$/.test(id));
  if (ids.length === 0 || symptom.titles.length > 0 || !plain) return bad.job.cases;
  const alone = await askEnd({ ...bad, job: { ...bad.job, cases: ids } }, symptom, view);
  if (alone.verdict === "bad") return ids;
  view.note("alone, these cases don't show the symptom: all of the others are run as well");
  return bad.job.cases;
}

function wrongEnd({ name }: End, { verdict, why }: Answer, words: string): string {
  const instead = why && verdict !== "bad" ? ` (${why})` : "";
  return `${name} ${words} the symptom${instead}. Exchange the ends, or name others.`;
}

function endUntestable(name: string, { message, stage }: UntestableKernelError): Error {
  return new UntestableKernelError(
    `${name} can't be judged, so nothing can be hunted: ${message}`,
    {
      ...(stage && { stage }),
    },
  );
}
