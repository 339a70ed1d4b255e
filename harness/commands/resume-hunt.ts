// Which command goes on with an interrupted hunt: its journal says what it is.
import type { Bisect } from "../hunt/bisect.ts";
import type { KconfigBisect } from "../hunt/bisect-kconfig.ts";
import type { SeriesCheck } from "../hunt/series.ts";
import { openHunt } from "../record/hunt-journal.ts";
import { readJournal } from "../record/journal.ts";
import { listRuns } from "../record/results.ts";
import type { RunView } from "../run/recorded-run.ts";
import { sameImage } from "../run/resume.ts";
import { carryOutBisect } from "./bisect.ts";
import { carryOutKconfigBisect } from "./bisect-kconfig.ts";
import type { OutputFlags } from "./output.ts";
import { carryOutSeries } from "./series.ts";
import { withView } from "./view.ts";

const COMMANDS = {
  commits: (hunt: unknown, flags: OutputFlags) => carryOutBisect(hunt as Bisect, flags),
  kconfig: (hunt: unknown, flags: OutputFlags) =>
    carryOutKconfigBisect(hunt as KconfigBisect, flags),
  series: (hunt: unknown, flags: OutputFlags) => carryOutSeries(hunt as SeriesCheck, flags),
} as const;

/**
 * What was decided before holds only beside the same cases. A hunt sees to ours and its own itself;
 * those of its last run have the programs of a kernel's tree among them.
 */
async function checkLastImage(directory: string, view: RunView): Promise<void> {
  for (const run of (await listRuns(directory)).reverse()) {
    // A run that was killed before its first line had come to no case.
    const [begin] = (await readJournal(run).catch(() => undefined)) ?? [];
    if (begin?.machine) return void (await sameImage(begin, view));
  }
}

/** @throws {UsageError} when it holds no hunt, somebody is at it, or the cases have changed since */
export async function resumeHunt(directory: string, flags: OutputFlags): Promise<void> {
  const hunt = await openHunt<{ readonly kind: keyof typeof COMMANDS }, never>(directory);
  await withView(flags, (view) => checkLastImage(directory, view));
  await COMMANDS[hunt.request.kind](hunt, flags);
}
