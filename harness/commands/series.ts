// uffdwp series: every patch of a series in turn.
import { Command } from "commander";
import { UsageError } from "../errors.ts";
import { casesOf } from "../hunt/ground.ts";
import { keepPatches } from "../hunt/patch-files.ts";
import { checkSeries, type SeriesCheck } from "../hunt/series.ts";
import {
  isWorse,
  type SeriesRecord,
  type SeriesRequest,
  type SeriesStep,
} from "../hunt/series-record.ts";
import { resolvePatchedSource } from "../kernel/patched-source.ts";
import { mustParseRange, resolveRange } from "../kernel/series/range.ts";
import { parseSourceSpec, workTreeOf } from "../kernel/source/spec.ts";
import type { Job } from "../plan/job.ts";
import type { Progress } from "../process/progress.ts";
import { createHunt } from "../record/hunt-journal.ts";
import { seriesPage } from "../report/html/series-page.tsx";
import { seriesTable } from "../report/series-table.ts";
import { carryOutHunt } from "./hunt.ts";
import { jobOf, number, withCaseOptions, withKernelOptions } from "./options.ts";
import { type OutputFlags, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

export function seriesCommand(): Command {
  const command = new Command("series")
    .description("test each patch of a series on top of those before it")
    .argument("[range]", "BASE..TIP of the tree, instead of --series on top of it")
    .option("--repeat <n>", "run each case so often", number);
  withOutputOptions(withCaseOptions(withKernelOptions(command)));
  return command.action(async (range: string | undefined) => {
    const flags = command.opts<OutputFlags>();
    const hunt = await withView(flags, async (view) => {
      const asked = await jobOf(command);
      const job = range === undefined ? asked : await onRange(asked, range, view);
      const { patches, source } = await readSeries(job, view);
      const request: SeriesRequest = {
        kind: "series",
        job: { ...job, series: [] },
        base: source.base,
        image: await casesOf(job),
        subjects: patches.map(({ subject }) => subject),
      };
      const made = await createHunt<SeriesRequest, SeriesStep>(job.results, "series", request);
      await keepPatches(made.directory, patches);
      return made;
    });
    await carryOutSeries(hunt, flags);
  });
}

/** For a hunt that begins and for one that is resumed. */
export async function carryOutSeries(hunt: SeriesCheck, flags: OutputFlags): Promise<void> {
  const record = await carryOutHunt(hunt, flags, checkSeries, {
    table: seriesTable,
    page: seriesPage,
  });
  process.exitCode = exitCodeOf(record);
}

/** A series that does not apply is not judged; a patch that is worse is worse all the same. */
function exitCodeOf({ patches }: SeriesRecord): number {
  const applied = patches.filter((step) => step.applies);
  if (applied.some(isWorse)) return 1;
  return applied.length < patches.length ? 125 : 0;
}

/**
 * The job on a range: it stands on its own base, whatever is checked out.
 *
 * @throws {UsageError} when it is no range of the tree, or no line of patches
 */
export async function onRange(job: Job, range: string, progress: Progress): Promise<Job> {
  const named = mustParseRange(range);
  const tree = workTreeOf(job.kernel);
  if (tree === undefined) {
    throw new UsageError(`-k ${job.kernel}: a range needs a git tree, without a revision.`);
  }
  const { base, asked } = await resolveRange(tree, range);
  // What BASE has got since TIP left it is not below these patches.
  const hasMoved = base !== asked;
  if (hasMoved) {
    progress.note(
      `${named.base} is no ancestor of ${named.tip}: the base is their merge base, ${base.slice(0, 12)}`,
    );
  }
  const kernel = `${tree}@${hasMoved ? base : named.base}`;
  return { ...job, kernel, series: [range, ...job.series] };
}

async function readSeries(job: Job, progress: Progress) {
  const spec = parseSourceSpec(job.kernel, "it takes no --series");
  if (job.series.length === 0) {
    throw new UsageError("There is nothing to test: give --series, or BASE..TIP.");
  }
  return resolvePatchedSource(spec, job.series, progress);
}
