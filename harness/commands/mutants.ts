// uffdwp mutants: plants faults and shows which cases notice each.
import { Command } from "commander";
import { type MutationView, runCampaign } from "../campaign/campaign.ts";
import { type CampaignVerdict, campaignVerdict } from "../record/campaign-verdict.ts";
import { shortPath } from "../record/results.ts";
import { campaignSummary } from "../report/campaign-summary.ts";
import { colorsFor } from "./colors.ts";
import { collect, jobOf, withCaseOptions, withKernelOptions } from "./options.ts";
import { type OutputFlags, print, withOutputOptions } from "./output.ts";
import { withView } from "./view.ts";

const EXIT_CODES: Readonly<Record<CampaignVerdict, number>> = {
  passed: 0,
  failed: 1,
  unreadable: 129,
  untestable: 125,
};

const LOUD = new Set<string>(["survived", "not-built", "unreadable"]);

interface MutantFlags extends OutputFlags {
  readonly dir?: string;
  readonly mutant?: string[];
  readonly full?: boolean;
  readonly rebuild?: boolean;
}

export function mutantsCommand(): Command {
  const command = new Command("mutants")
    .description("plants faults, one at a time, and shows which cases notice")
    .option("--dir <dir>", "mutants of your own: *.yaml, and *.cocci as Coccinelle reads them")
    .option("--mutant <id>", "only this one (repeatable)", collect)
    .option(
      "--full",
      "run all cases that can notice, not only until one does; try proofs of equivalence",
    )
    .option("--rebuild", "build a kernel for each mutant instead of one for all");
  withOutputOptions(withCaseOptions(withKernelOptions(command)));
  return command.action(async () => {
    const flags = command.opts<MutantFlags>();
    const job = await jobOf(command);
    const plan = {
      job,
      directory: flags.dir,
      only: flags.mutant ?? [],
      full: flags.full === true,
      rebuild: flags.rebuild === true,
    };
    const { record, directory, error } = await withView(flags, (view) =>
      runCampaign(plan, mutationView(view, flags)),
    );
    const { isColorSupported: color } = colorsFor(process.stdout);
    print(flags, record, () => {
      const words = campaignSummary(record, { color });
      return `${words}\nReport   ${shortPath(directory)}/report.html`;
    });
    if (error) throw error;
    process.exitCode = EXIT_CODES[campaignVerdict(record)];
  });
}

/** Each mutant as it is decided, where more is asked for; always what somebody has to look at. */
function mutationView(
  { note, status }: Pick<MutationView, "note" | "status">,
  { verbose }: OutputFlags,
): MutationView {
  return {
    note,
    status,
    decided({ id, status: how, by, reason, durationMs, contradictions }, { done, of }) {
      status(`${done} of ${of} mutants decided`);
      for (const one of contradictions) note(`CONTRADICTION ${id}: ${one}`);
      if (!verbose && !LOUD.has(how)) return;
      const who = by.length > 0 ? ` by ${by[0]}` : "";
      note(
        `${how} ${id}${who} in ${(durationMs / 1000).toFixed(1)} s: ${reason.split(/\n|; /)[0]}`,
      );
    },
  };
}
