// Boots, runs, judges, confirms, and closes the record, whatever ended the run.
import { readFile } from "node:fs/promises";
import {
  HarnessError,
  InterruptedError,
  SupersededError,
  UntestableKernelError,
} from "../errors.ts";
import { usualGuests } from "../guest/machine.ts";
import { limitsOf } from "../plan/limits.ts";
import { nextGuest } from "../record/derive-run.ts";
import { type Journal, now } from "../record/journal.ts";
import { readRun } from "../record/read-run.ts";
import type { Run } from "../record/run-schema.ts";
import { strayFindings } from "../record/unexpected.ts";
import { keepReports } from "../report/kept-reports.ts";
import { runSession } from "../session/session.ts";
import type { Turn } from "../session/turn-queue.ts";
import { whyAllowed } from "../verdict/allow-list.ts";
import { type RunStatus, statusOf } from "../verdict/status.ts";
import { confirmFailures } from "./confirm.ts";
import type { FailedRun, RecordedRun, RunView } from "./recorded-run.ts";
import { createRecorders } from "./recorder.ts";
import type { Scene } from "./scene.ts";
import { chosenCases, turnsOf } from "./turns.ts";

/** Runs the turns, and again what failed; the error that ended it before its time is returned. */
export async function carryOut(
  scene: Scene,
  turns: readonly Turn[],
  journal: Journal,
  view: RunView,
): Promise<RecordedRun | FailedRun> {
  const { job, kernel, image, machine, allow, directory, stop } = scene;
  const { boot, accel, cpus, memory } = machine;
  const config = kernel.config && (await readFile(kernel.config, "utf8"));
  const { listener, confirming } = createRecorders(scene, config, turns.length, journal, view);
  const firstGuest = nextGuest(await readRun(directory));
  view.status(`booting ${kernel.release || kernel.source}`);
  let failure: unknown;
  try {
    const plan = {
      kernel,
      image,
      turns,
      directory,
      firstGuest,
      stop,
      guests: job.guests ?? usualGuests(turns.length),
      machine: { boot, accel, cpus, memory },
      limits: limitsOf(job, accel),
      allows: (title: string, release: string) => whyAllowed(allow, title, release),
    };
    await runSession(plan, listener);
    const all = turnsOf(chosenCases(image, job), job, machine);
    await confirmFailures({ ...plan, turns: all }, job.confirm, confirming);
  } catch (error) {
    failure = error;
  }
  return finish(directory, journal, failure);
}

/** Ends the record with what became of the run, and writes its reports. */
export async function finish(
  directory: string,
  journal: Journal,
  failure: unknown,
): Promise<RecordedRun | FailedRun> {
  const sofar = await readOwn(directory);
  const reason = failure instanceof Error ? failure.message : "";
  await journal.append({ event: "end", time: now(), status: endStatus(sofar, failure), reason });
  await journal.close();
  const run = await readOwn(directory);
  await keepReports(run, directory);
  return failure === undefined ? { run, directory } : { run, directory, error: failure };
}

/** @throws {HarnessError} when somebody has removed it from under us: whatever else failed, that is why */
async function readOwn(directory: string): Promise<Run> {
  return readRun(directory).catch((error: Error) => {
    throw new HarnessError(`The record is lost, start the run again: ${error.message}`);
  });
}

function endStatus(run: Run, failure: unknown): RunStatus {
  if (failure instanceof InterruptedError) return "interrupted";
  if (failure instanceof SupersededError) return "interrupted";
  if (failure instanceof UntestableKernelError) return "untestable";
  if (failure !== undefined) return "error";
  return statusOf(run.totals, strayFindings(run).length);
}
