// One question to one kernel: does it show the symptom?
import { UntestableKernelError } from "../errors.ts";
import type { Job } from "../plan/job.ts";
import type { Run } from "../record/run-schema.ts";
import type { RunView } from "../run/recorded-run.ts";
import { runJob } from "../run/run.ts";
import { type Symptom, sightings, whyUndecided } from "./symptom.ts";

export interface Answer {
  readonly verdict: "good" | "bad" | "skip";
  readonly why: string;
  /** Another kernel with the same content had been asked before. */
  readonly reused: boolean;
  /** The run's id, a folder below the hunt's. */
  readonly run: string;
  readonly shown: number;
  readonly asked: number;
}

/** A recorded run, and the error where the kernel can't be judged. */
export interface TestedKernel {
  readonly run: Run;
  readonly reused: boolean;
  readonly untestable?: UntestableKernelError;
}

/**
 * Builds, boots and runs the cases of a job; a kernel of the same content that the hunt has judged
 * is not run again.
 *
 * @throws {HarnessError} when the harness or the machine fails: nothing is said about the kernel then
 * @throws {InterruptedError} when somebody stopped us
 */
export async function testKernel(job: Job, view: RunView): Promise<TestedKernel> {
  const result = await runJob(job, quietly(view), { reuse: true });
  const { run, reused = false } = result;
  if (!("error" in result)) return { run, reused };
  if (!(result.error instanceof UntestableKernelError)) throw result.error;
  return { run, reused, untestable: result.error };
}

/** What a single run would tell stands in its record; a hunt tells what it makes of it. */
function quietly({ status }: RunView): RunView {
  return { status, note: status, verdict() {} };
}

/** What a kernel answers; it is built, booted and run for that, as `testKernel` does. */
export async function ask(job: Job, symptom: Symptom, view: RunView): Promise<Answer> {
  return answerOf(await testKernel(job, view), symptom, job.repeat);
}

/**
 * The same failure is bad, none is good. Another failure hides whether the symptom would have shown:
 * such a kernel is skipped, as one that does not build or boot.
 *
 * @param asked how often each case was run
 */
export function answerOf(
  { run, reused, untestable }: TestedKernel,
  symptom: Symptom,
  asked: number,
): Answer {
  const answer = { reused, run: run.id, shown: 0, asked };
  if (untestable) return { ...answer, verdict: "skip", why: briefly(untestable) };
  const { shown, by } = sightings(run, symptom);
  const often = asked > 1 ? `, ${shown} of ${asked} times` : "";
  if (shown > 0) return { ...answer, shown, verdict: "bad", why: `${by}${often}` };
  const why = whyUndecided(run, symptom);
  if (why !== undefined) return { ...answer, verdict: "skip", why };
  return { ...answer, verdict: "good", why: asked > 1 ? `not once in ${asked} times` : "" };
}

/** An error's first line says what happened, its second where; a boot's are of the kernel log. */
function briefly({ message, stage }: UntestableKernelError): string {
  return message
    .split("\n")
    .slice(0, stage === "boot" ? 1 : 2)
    .map((line) => line.trim())
    .join(" ");
}
