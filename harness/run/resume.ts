// Goes on with a run where its journal ends.
import { readFile } from "node:fs/promises";
import { UsageError } from "../errors.ts";
import { prepareKselftests } from "../image/kselftest/prepare.ts";
import { prepareImage } from "../image/prepare.ts";
import { clearLeftovers } from "../process/leftovers.ts";
import { clearTemporaryDirectories } from "../process/temporary.ts";
import { deriveRun, doneTurns } from "../record/derive-run.ts";
import { now, openJournal, readJournal } from "../record/journal.ts";
import type { RunEvent } from "../record/journal-event.ts";
import { turnName } from "../record/last-verdicts.ts";
import { keepReports } from "../report/kept-reports.ts";
import { readSuiteFiles } from "../verdict/suite-file.ts";
import { carryOut } from "./carry-out.ts";
import type { FailedRun, RecordedRun, RunView } from "./recorded-run.ts";
import { chosenCases, turnsOf } from "./turns.ts";

/**
 * Finishes an interrupted run: what is in its journal is not run again.
 *
 * @throws {UsageError} when the run is finished, another uffdwp is at it, or its kernel or its cases
 * are no longer there
 */
export async function resumeRun(
  directory: string,
  view: RunView,
): Promise<RecordedRun | FailedRun> {
  // Before it is read: nobody else may go on with it meanwhile.
  const journal = await openJournal(directory);
  const { scene, turns } = await readRest(directory, view).catch(async (error) => {
    await journal.close();
    throw error;
  });
  await clearLeftovers(directory);
  await clearTemporaryDirectories();
  await journal.append({ event: "resumed", time: now() });
  return carryOut(scene, turns, journal, view);
}

/**
 * The image of a run that is to be gone on with.
 *
 * @throws {UsageError} when its cases are no longer the same
 */
export async function sameImage({ id, job, kernel, image }: RunEvent, view: RunView) {
  const kselftests = await prepareKselftests(job, view);
  const now = await prepareImage(kernel, view, { kselftests, ownCases: job.ownCases });
  if (now.key === image) return now;
  throw new UsageError(`The cases have changed since ${id} began; start it again.`);
}

async function readRest(directory: string, view: RunView) {
  const [begin, ...events] = await readJournal(directory);
  const { job, kernel, machine, baseline, allow = [] } = begin;
  if (!machine) throw new UsageError(`${begin.id} never came to its cases; start it again.`);
  const image = await sameImage(begin, view);
  const done = doneTurns(events);
  const turns = turnsOf(chosenCases(image, job), job, machine).filter(
    ({ description, repetition }) => !done.has(turnName({ id: description.id, repetition })),
  );
  const run = deriveRun([begin, ...events]);
  if (turns.length === 0 && run.status !== "interrupted") {
    await keepReports(run, directory);
    throw new UsageError(`${begin.id} is finished: nothing is left to run.`);
  }
  await readFile(kernel.image).catch(() => {
    throw new UsageError(`The kernel of ${begin.id} is no longer there: ${kernel.image}.`);
  });
  const suites = await readSuiteFiles(job.ownCases);
  return { turns, scene: { job, kernel, image, machine, suites, baseline, allow, directory } };
}
