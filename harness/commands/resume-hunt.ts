// Which command goes on with an interrupted hunt: its journal says what it is.
import type { Bisect } from "../hunt/bisect.ts";
import type { KconfigBisect } from "../hunt/bisect-kconfig.ts";
import type { SeriesCheck } from "../hunt/series.ts";
import { openHunt } from "../record/hunt-journal.ts";
import { carryOutBisect } from "./bisect.ts";
import { carryOutKconfigBisect } from "./bisect-kconfig.ts";
import type { OutputFlags } from "./output.ts";
import { carryOutSeries } from "./series.ts";

const COMMANDS = {
  commits: (hunt: unknown, flags: OutputFlags) => carryOutBisect(hunt as Bisect, flags),
  kconfig: (hunt: unknown, flags: OutputFlags) =>
    carryOutKconfigBisect(hunt as KconfigBisect, flags),
  series: (hunt: unknown, flags: OutputFlags) => carryOutSeries(hunt as SeriesCheck, flags),
} as const;

export async function resumeHunt(directory: string, flags: OutputFlags): Promise<void> {
  const hunt = await openHunt<{ readonly kind: keyof typeof COMMANDS }, never>(directory);
  await COMMANDS[hunt.request.kind](hunt, flags);
}
