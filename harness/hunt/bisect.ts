// The commit that made the difference: both ends are checked, then git asks and we answer.
import { join } from "node:path";
import { printable } from "../process/printable.ts";
import { publishFile, publishJson } from "../process/publish.ts";
import type { HuntJournal } from "../record/hunt-journal.ts";
import type { RunView } from "../run/recorded-run.ts";
import { type Answer, ask } from "./ask.ts";
import type { BisectRecord, BisectRequest, BisectStep, Commit } from "./bisect-record.ts";
import { type Bisection, startBisection } from "./bisection.ts";
import { confidence } from "./confidence.ts";
import { type CheckedEnds, checkEnds } from "./ends.ts";
import { checkCases } from "./ground.ts";

export type Bisect = HuntJournal<BisectRequest, BisectStep>;

/**
 * Bisects, or carries on where it was interrupted: what the journal has decided is not asked again.
 *
 * @throws {UsageError} when the ends are none, git refuses them, or the cases are edited meanwhile
 * @throws {UntestableKernelError} when an end can't be judged
 * @throws {InterruptedError} when somebody stopped us; `uffdwp resume` finishes the hunt
 */
export async function bisect(hunt: Bisect, view: RunView): Promise<BisectRecord> {
  const { job, tree, good, bad, symptom: asked } = hunt.request;
  const jobAt = (sha: string) => ({ ...job, kernel: `${tree}@${sha}`, results: hunt.directory });
  const endAt = (side: string) => (sha: string) => ({
    name: `--${side} ${sha.slice(0, 12)}`,
    job: jobAt(sha),
  });
  await checkCases(hunt.request);
  const bisection = await startBisection(hunt.directory, tree, hunt.request);
  const ends = await checkEnds(endAt("bad")(bad), good.map(endAt("good")), asked, view);
  await checkCases(hunt.request);

  const decided = new Map(hunt.steps.map((step) => [step.sha, step]));
  const steps: BisectStep[] = [];
  for (let sha = await bisection.next(); sha !== undefined; sha = await bisection.next()) {
    const subject = (await describe(bisection, sha)).subject;
    view.note(bisection.progress());
    view.note(`  ${sha.slice(0, 12)} ${subject}`);
    const before = decided.get(sha);
    const job = { ...jobAt(sha), cases: [...ends.cases] };
    const step = before ?? { sha, subject, ...(await ask(job, ends.symptom, view)) };
    if (!before) {
      await checkCases(hunt.request);
      await hunt.append(step);
    }
    view.note(stepWords(step));
    steps.push(step);
    await bisection.mark(step.verdict);
  }
  return conclude(hunt, bisection, ends, steps);
}

async function conclude(
  { id, directory, request }: Bisect,
  bisection: Bisection,
  checked: CheckedEnds,
  steps: readonly BisectStep[],
): Promise<BisectRecord> {
  const at = async (sha: string, answer: Answer): Promise<BisectStep> => {
    return { sha, subject: (await describe(bisection, sha)).subject, ...answer };
  };
  const ends = [await at(request.bad, checked.bad)];
  for (const [i, sha] of request.good.entries()) {
    ends.push(await at(sha, checked.good[i] as Answer));
  }
  const found = await bisection.candidates();
  const candidates: Commit[] = [];
  for (const sha of found) candidates.push(await describe(bisection, sha));
  const [only = null] = candidates.length === 1 ? candidates : [];
  const judged = [...ends, ...steps];
  const of = (verdict: string) => judged.filter((one) => one.verdict === verdict);
  const record: BisectRecord = {
    id,
    firstBad: bisection.direction === "broken" ? only : null,
    firstFixed: bisection.direction === "fixed" ? only : null,
    candidates: only ? [] : candidates,
    symptom: checked.symptom,
    ends,
    steps,
    evidence: await evidence(bisection, only, judged),
    terms: bisection.terms,
    confidence: confidence(of("bad"), of("good")),
    log: await bisection.log(),
  };
  await publishFile(join(directory, "bisect.log"), `${record.log}\n`);
  await publishJson(join(directory, "bisect.json"), record);
  return record;
}

/** The commit itself, and the nearest one before it. */
async function evidence(
  bisection: Bisection,
  found: Commit | null,
  judged: readonly BisectStep[],
): Promise<BisectRecord["evidence"]> {
  if (!found) return { good: null, bad: null };
  const [itself, before] =
    bisection.direction === "broken" ? (["bad", "good"] as const) : (["good", "bad"] as const);
  const other = judged.filter((one) => one.verdict === before);
  const distances = await Promise.all(other.map((one) => distance(bisection, one.sha, found.sha)));
  const nearest = other[distances.indexOf(Math.min(...distances))] ?? null;
  const own = judged.find((one) => one.sha === found.sha) ?? null;
  return itself === "bad" ? { bad: own, good: nearest } : { good: own, bad: nearest };
}

/** Commits from one to the other. */
async function distance({ git }: Bisection, from: string, to: string): Promise<number> {
  return Number(await git.mustGit(["rev-list", "--count", `${from}..${to}`]));
}

async function describe({ git }: Bisection, sha: string): Promise<Commit> {
  const format = "--format=%s%x00%an <%ae>%x00%aI";
  const words = await git.mustGit(["show", "--no-patch", format, sha, "--"]);
  const [subject = "", author = "", date = ""] = words.split("\0").map(printable);
  return { sha, subject, author, date };
}

function stepWords({ verdict, why, reused }: BisectStep): string {
  const known = reused ? " (the same kernel as before)" : "";
  return `  ${verdict}${why ? `: ${why}` : ""}${known}`;
}
