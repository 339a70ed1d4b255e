// The symptom that is hunted: what a kernel must show to count as bad.
import { UsageError } from "../errors.ts";
import type { Job } from "../plan/job.ts";
import type { Run, RunCase } from "../record/run-schema.ts";
import { strayIn } from "../verdict/comparison.ts";
import { isUnexpected } from "../verdict/verdict.ts";

export interface Symptom {
  /** Each alone shows it; an outcome of null is whatever is not as expected. */
  readonly cases: readonly { readonly id: string; readonly outcome: RunCase["outcome"] | null }[];
  /** Titles of findings, each alone. */
  readonly titles: readonly string[];
  /** What fails on the good kernel as well: it hides nothing. */
  readonly usual: readonly { readonly id: string; readonly outcome: RunCase["outcome"] }[];
}

const OUTCOMES = ["fail", "crash", "timeout", "skip", "pass"] as const;

/**
 * Reads `CASE`, `CASE=OUTCOME` or the title of a finding, as a report prints it.
 *
 * @throws {UsageError} when the outcome is none
 */
export function parseSymptom(text: string): Symptom {
  const [, id, outcome] = /^([\w.-]+(?:\/[^\s=]+)+)(?:=(\S*))?$/.exec(text) ?? [];
  if (id === undefined) return { cases: [], titles: [text], usual: [] };
  const known = OUTCOMES.find((one) => one === outcome);
  if (outcome !== undefined && !known) {
    throw new UsageError(`--symptom ${text}: an outcome is one of ${OUTCOMES.join(", ")}.`);
  }
  return { cases: [{ id, outcome: known ?? null }], titles: [], usual: [] };
}

/** The job of a hunt: a symptom that names a case asks for no other, unless somebody does. */
export function withCasesOf(job: Job, symptom: Symptom | null): Job {
  const free = job.cases.length === 0 && job.suites.length === 0;
  if (!free || !symptom || symptom.cases.length === 0) return job;
  return { ...job, cases: symptom.cases.map(({ id }) => id) };
}

/** What the bad kernel shows and the good one does not; empty where there is no such thing. */
export function symptomBetween(good: readonly Run[], bad: Run): Symptom {
  const cases = unexpectedOf(bad);
  const titles = strayIn(bad.findings).map(({ title }) => title);
  return {
    cases: cases.filter((one) => !good.some((run) => showsCase(run.cases, one))),
    titles: [...new Set(titles)].filter((title) => !good.some((run) => showsTitle(run, title))),
    usual: [],
  };
}

/** The symptom, told apart from what a good kernel shows besides. */
export function besideUsual(symptom: Symptom, good: Run): Symptom {
  return { ...symptom, usual: [...symptom.usual, ...unexpectedOf(good)] };
}

export function isEmpty({ cases, titles }: Symptom): boolean {
  return cases.length + titles.length === 0;
}

/**
 * In how many of its repetitions a run shows the symptom, and by what. A finding that no case owns
 * can't be told to one of them: it counts as seen once.
 */
export function sightings(run: Run, symptom: Symptom): { shown: number; by: string } {
  const shown = repetitionsOf(run).filter((cases) => showsAny(cases, symptom)).length;
  // One that a list allows counts as well, where somebody asks for it.
  const stray = run.findings.some((one) => one.case === null && symptom.titles.includes(one.title));
  const seen = symptom.cases.filter((one) => showsCase(run.cases, one));
  const titles = symptom.titles.filter((title) => showsTitle(run, title));
  const by = listed([...seen.map(caseWords), ...titles]);
  return { shown: Math.max(shown, stray ? 1 : 0), by };
}

/** Why a run that does not show the symptom can't deny it either; undefined when it can. */
export function whyUndecided(run: Run, { cases, titles, usual }: Symptom): string | undefined {
  const asked = titles.length > 0 ? run.cases : run.cases.filter(({ id }) => has(cases, id));
  const other = asked.filter((one) => isUnexpected(one) && !isUsual(one, usual));
  if (other.length === 0) return asked.length === 0 ? "none of its cases was run" : undefined;
  return `not the symptom: ${listed(distinct(other).map(caseWords))}`;
}

export function symptomWords({ cases, titles }: Symptom): string {
  return listed([...cases.map(caseWords), ...titles]);
}

function repetitionsOf({ cases }: Run): RunCase[][] {
  const numbers = [...new Set(cases.map(({ repetition }) => repetition))];
  return numbers.map((number) => cases.filter(({ repetition }) => repetition === number));
}

function showsAny(cases: readonly RunCase[], symptom: Symptom): boolean {
  const owned = cases.flatMap(({ findings }) => findings);
  return (
    symptom.cases.some((one) => showsCase(cases, one)) ||
    symptom.titles.some((title) => owned.includes(title))
  );
}

function showsCase(cases: readonly RunCase[], symptom: Symptom["cases"][number]): boolean {
  return cases.some((one) => {
    if (one.id !== symptom.id || one.verdict === "lost") return false;
    return symptom.outcome === null ? isUnexpected(one) : symptom.outcome === one.outcome;
  });
}

function showsTitle({ findings }: Run, title: string): boolean {
  return findings.some((one) => one.title === title);
}

/** What was lost can't be usual: it says nothing. */
function isUsual({ id, outcome, verdict }: RunCase, usual: Symptom["usual"]): boolean {
  return verdict !== "lost" && usual.some((one) => one.id === id && one.outcome === outcome);
}

/** What was lost is not as expected, and nothing that could be seen again. */
function unexpectedOf({ cases }: Run): { id: string; outcome: RunCase["outcome"] }[] {
  const told = cases.filter((one) => isUnexpected(one) && one.verdict !== "lost");
  return distinct(told).map(({ id, outcome }) => ({ id, outcome }));
}

function has(cases: Symptom["cases"], id: string): boolean {
  return cases.some((one) => one.id === id);
}

function distinct(cases: readonly RunCase[]): RunCase[] {
  return cases.filter(
    ({ id, outcome }, at) =>
      cases.findIndex((other) => other.id === id && other.outcome === outcome) === at,
  );
}

function caseWords({ id, outcome }: Symptom["cases"][number]): string {
  const words = { fail: "fails", crash: "crashes", timeout: "does not end", skip: "skips" };
  const fixed = { pass: "passes", error: "could not be judged", "not-run": "was not run" };
  return outcome === null ? `${id} is not as expected` : `${id} ${{ ...words, ...fixed }[outcome]}`;
}

function listed([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}
