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
  const testEnd = endTester(view);
  const symptom = asked ?? (await findSymptom(bad, good, testEnd, view));
  view.note(`symptom: ${symptomWords(symptom)}`);
  const cases = await decidingCases(bad, symptom, testEnd, view);
  const only = ({ job }: End): Job => ({ ...job, cases: [...cases] });
  const shown = await testEnd({ ...bad, job: only(bad) });
  const answer = answerOf(shown, symptom, bad.job.repeat);
  if (answer.verdict !== "bad") throw new UsageError(wrongEnd(bad, answer, "does not show"));
  let beside = symptom;
  const answers: Answer[] = [];
  for (const end of good) {
    const tested = await testEnd({ ...end, job: only(end) });
    beside = besideUsual(beside, tested.run);
    const one = answerOf(tested, beside, end.job.repeat);
    if (one.verdict !== "good") throw new UsageError(wrongEnd(end, one, "is not free of"));
    answers.push(one);
  }
  return { symptom: beside, bad: answer, good: answers, cases };
}

async function findSymptom(
  bad: End,
  good: readonly End[],
  testEnd: TestEnd,
  view: RunView,
): Promise<Symptom> {
  const runs = [];
  for (const end of [bad, ...good]) {
    view.note(`checking ${end.name}`);
    runs.push((await testEnd(end)).run);
  }
  const [badRun, ...goodRuns] = runs as [Run, ...Run[]];
  const symptom = symptomBetween(goodRuns, badRun);
  if (!isEmpty(symptom)) return symptom;
  throw new UsageError(
    `${bad.name} shows nothing that ${good.map(({ name }) => name).join(" and ")} does not. Name other cases or a --symptom, or ask more often: --confirm.`,
  );
}

/**
 * Tests an end.
 *
 * @throws {UntestableKernelError} when it can't be judged
 */
type TestEnd = (end: End) => Promise<TestedKernel>;

/** An end is asked up to three times; without the cache its kernel is built for the first of them. */
function endTester(view: RunView): TestEnd {
  const built = new Set<string>();
  return async ({ name, job }) => {
    const tested = await testKernel({ ...job, cache: job.cache || built.has(name) }, view);
    if (tested.untestable) throw endUntestable(name, tested.untestable);
    built.add(name);
    return tested;
  };
}

/** A whole suite need not run again where a few cases decide; unless they depend on the others. */
async function decidingCases(
  bad: End,
  symptom: Symptom,
  testEnd: TestEnd,
  view: RunView,
): Promise<readonly string[]> {
  const ids = symptom.cases.map(({ id }) => id);
  const plain = ids.every((id) => /^[\w./-]+$/.test(id));
  if (ids.length === 0 || symptom.titles.length > 0 || !plain) return bad.job.cases;
  const alone = await testEnd({ ...bad, job: { ...bad.job, cases: ids } });
  if (answerOf(alone, symptom, bad.job.repeat).verdict === "bad") return ids;
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
    { stage },
  );
}
