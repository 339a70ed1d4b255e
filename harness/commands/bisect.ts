// uffdwp bisect: the commit that made the difference.
import { Command } from "commander";
import { UsageError } from "../errors.ts";
import { type Bisect, bisect } from "../hunt/bisect.ts";
import type { BisectRecord, BisectRequest, BisectStep } from "../hunt/bisect-record.ts";
import { casesOf } from "../hunt/ground.ts";
import type { KconfigRequest, KconfigStep } from "../hunt/kconfig-record.ts";
import { parseSymptom, withCasesOf } from "../hunt/symptom.ts";
import { workTreeOf } from "../kernel/source/spec.ts";
import { resolveRevision, revisionAdvice } from "../kernel/tree/work-tree.ts";
import type { Job } from "../plan/job.ts";
import { createHunt } from "../record/hunt-journal.ts";
import { bisectTable } from "../report/bisect-table.ts";
import { bisectPage } from "../report/html/bisect-page.tsx";
import { carryOutKconfigBisect, kconfigRequestFor } from "./bisect-kconfig.ts";
import { carryOutHunt } from "./hunt.ts";
import { collect, jobOf, number, withCaseOptions, withKernelOptions } from "./options.ts";
import { type OutputFlags, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

interface BisectFlags extends OutputFlags {
  readonly good?: string[];
  readonly bad?: string;
  readonly symptom?: string;
  readonly confirm: number;
  readonly firstParent?: boolean;
  readonly termOld?: string;
  readonly termNew?: string;
}

export function bisectCommand(): Command {
  const command = new Command("bisect")
    .description("find the commit that broke it, or mended it")
    .argument("[paths...]", "only commits that touch these; or the BAD of --kconfig GOOD BAD")
    .option("--good <rev>", "a commit without the symptom (repeatable)", collect)
    .option("--bad <rev>", "a commit with it")
    .option("--symptom <symptom>", "CASE, CASE=OUTCOME, or the title of a finding")
    .option("--confirm <n>", "ask each kernel so often", number, 3)
    .option("--first-parent", "follow only the first parent of a merge")
    .option("--term-good, --term-old <term>", "what git calls the older state, instead of good")
    .option("--term-bad, --term-new <term>", "what git calls the newer state, instead of bad");
  withOutputOptions(withCaseOptions(withKernelOptions(command)));
  return command.action(async (paths: string[]) => {
    const flags = command.opts<BisectFlags>();
    const job = { ...(await jobOf(command)), repeat: flags.confirm, confirm: 0 };
    if (flags.good === undefined && flags.bad === undefined && job.kconfig.length > 0) {
      const request = await withView(flags, (view) =>
        kconfigRequestFor(job, flags.symptom, paths, view),
      );
      const hunt = await createHunt<KconfigRequest, KconfigStep>(job.results, "bisect", request);
      return carryOutKconfigBisect(hunt, flags);
    }
    const request = await requestFor(job, flags, paths);
    const hunt = await createHunt<BisectRequest, BisectStep>(job.results, "bisect", request);
    await carryOutBisect(hunt, flags);
  });
}

/** For a hunt that begins and for one that is resumed. */
export async function carryOutBisect(hunt: Bisect, flags: OutputFlags): Promise<void> {
  const record = await carryOutHunt(hunt, flags, bisect, {
    table: bisectTable,
    page: bisectPage,
  });
  process.exitCode = exitCodeOf(record);
}

/** Where only skipped commits are left, git bisect run would say so with 125's meaning. */
function exitCodeOf({ firstBad, firstFixed }: BisectRecord): number {
  return firstBad || firstFixed ? 0 : 125;
}

async function requestFor(
  job: Job,
  { good = [], bad, symptom, firstParent = false, termOld, termNew }: BisectFlags,
  paths: readonly string[],
): Promise<BisectRequest> {
  const tree = workTreeOf(job.kernel);
  if (tree === undefined) {
    throw new UsageError(`-k ${job.kernel}: a bisection needs a git tree, without a revision.`);
  }
  if (good.length === 0 || bad === undefined) {
    throw new UsageError("A bisection needs both ends: --good REV and --bad REV.");
  }
  const named = symptom === undefined ? null : parseSymptom(symptom);
  return {
    kind: "commits",
    tree,
    symptom: named,
    firstParent,
    paths,
    job: withCasesOf(job, named),
    image: await casesOf(job),
    good: await Promise.all(good.map((one) => commitOf(tree, one))),
    bad: await commitOf(tree, bad),
    terms: { ...(termOld && { old: termOld }), ...(termNew && { new: termNew }) },
  };
}

async function commitOf(tree: string, revision: string): Promise<string> {
  const commit = revision.startsWith("-") ? undefined : await resolveRevision(tree, revision);
  if (commit) return commit;
  throw new UsageError(`${tree} has no revision ${revision}. ${revisionAdvice(tree)}`);
}
