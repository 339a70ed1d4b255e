// uffdwp bisect --kconfig GOOD BAD: the options that made the difference.
import { UsageError } from "../errors.ts";
import { bisectKconfig, type KconfigBisect } from "../hunt/bisect-kconfig.ts";
import { compareConfigurations } from "../hunt/configurations.ts";
import { baseOf, casesOf } from "../hunt/ground.ts";
import type { KconfigRequest } from "../hunt/kconfig-record.ts";
import { parseSymptom, withCasesOf } from "../hunt/symptom.ts";
import { loadFragment } from "../kernel/kconfig/fragment.ts";
import type { Job } from "../plan/job.ts";
import type { Progress } from "../process/progress.ts";
import { kconfigPage } from "../report/html/kconfig-page.tsx";
import { kconfigTable } from "../report/kconfig-table.ts";
import { carryOutHunt } from "./hunt.ts";
import type { OutputFlags } from "./output.ts";

/** For a hunt that begins and for one that is resumed. */
export async function carryOutKconfigBisect(
  hunt: KconfigBisect,
  flags: OutputFlags,
): Promise<void> {
  await carryOutHunt(hunt, flags, bisectKconfig, { table: kconfigTable, page: kconfigPage });
}

/** @param rest what follows the last --kconfig: the bad configuration */
export async function kconfigRequestFor(
  job: Job,
  symptom: string | undefined,
  rest: readonly string[],
  progress: Progress,
): Promise<KconfigRequest> {
  const [bad, ...more] = rest;
  const good = job.kconfig.at(-1);
  if (good === undefined || bad === undefined || more.length > 0) {
    throw new UsageError(
      "Give both ends: --good REV --bad REV, or two configurations: --kconfig GOOD BAD.",
    );
  }
  const [one, other] = [await loadFragment(good), await loadFragment(bad)];
  const compared = compareConfigurations(one.text, other.text);
  if (compared.differences.length === 0) {
    throw new UsageError(`${good} and ${bad} set the same options.`);
  }
  const named = symptom === undefined ? null : parseSymptom(symptom);
  const shared = { ...withCasesOf(job, named), kconfig: job.kconfig.slice(0, -1) };
  const [base, image] = [await baseOf(job.kernel, progress), await casesOf(job)];
  return { kind: "kconfig", job: shared, base, image, good, bad, ...compared, symptom: named };
}
