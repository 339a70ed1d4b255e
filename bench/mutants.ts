// What a campaign of mutants costs: npm run bench:mutants. Takes a quarter of an hour; leave the machine alone.
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { execa } from "execa";
import { plantAlone } from "../harness/mutants/alone.ts";
import { loadMutants } from "../harness/mutants/load.ts";
import { plantAll } from "../harness/mutants/plant.ts";
import { cacheDirectory } from "../harness/process/directories.ts";
import { silent } from "../harness/process/progress.ts";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";
import type { CampaignRecord } from "../harness/record/campaign-record.ts";
import type { Run } from "../harness/record/run-schema.ts";
import { program, verdicts } from "../tests/e2e/uffdwp.ts";
import { show } from "./show.ts";

const KERNEL = "debian:6.1";
const MUTANTS = 60;
/** So many are also built alone, which takes a while each. */
const REBUILT = 3;

const request = { kernel: KERNEL, series: [], kconfig: [], cache: true };
const mutants = await loadMutants();
const { kernel, plantings } = await plantAll(request, mutants, silent);
const ids = plantings.filter(({ how }) => how === "guarded").map(({ id }) => id);
const chosen = ids.slice(0, MUTANTS);
/** Far apart: neighbours change the same file, and what make has to do depends on it. */
const rebuilt = chosen.filter((_, i) => i % Math.ceil(MUTANTS / REBUILT) === 0);

await withTemporaryDirectory(async (results) => {
  const plain = await run(results, KERNEL);
  const asleep = await run(results, `image:${kernel.image}`);
  const expected = new Set(verdicts(plain));
  const differing = verdicts(asleep).filter((line) => !expected.has(line));
  console.log(
    `${differing.length} of ${plain.cases.length} verdicts differ with all mutants asleep`,
  );
  for (const line of differing) console.log(`  ${line}`);
  show("the suite, one guest, the kernel as it was", durationOf(plain));
  show("the same with the mutants asleep", durationOf(asleep));
  for (const guests of [1, 2]) {
    // The kernel is built by then, and the hit map is to be made anew.
    await rm(cacheDirectory("store", "hit-maps"), { recursive: true, force: true });
    const record = await campaign(results, chosen, ["-j", String(guests)]);
    show(`${chosen.length} mutants, ${guests} at a time: the hit map`, record.durations.map);
    show("  and the trials", record.durations.trials);
    show("  a mutant", record.durations.trials / chosen.length);
    if (guests === 1) await compareWithRebuild(results, record);
  }
});

/** Some of them in kernels of their own, as `--rebuild` builds them: from one mutant to the next. */
async function compareWithRebuild(results: string, together: CampaignRecord): Promise<void> {
  for (const mutant of mutants.filter(({ id }) => rebuilt.includes(id))) {
    const { image } = await plantAlone(request, mutant, silent);
    await rm(dirname(image), { recursive: true });
  }
  // What ccache knows of them by now would make it no rebuild.
  const env = { CCACHE_RECACHE: "1" };
  const alone = await campaign(results, rebuilt, ["-j", "1", "--rebuild"], env);
  const ofThese = together.mutants.filter(({ id }) => rebuilt.includes(id));
  const [apart, guarded] = [meanOf(alone.mutants), meanOf(ofThese)];
  const any = meanOf(together.mutants);
  show(`${rebuilt.length} mutants, each in a kernel of its own: a mutant`, apart);
  show("  the same in the kernel of all", guarded);
  show("  and any mutant there", any);
  // Three are enough to tell what a kernel of its own costs, not how long a trial takes: one may hang.
  const times = (apart - guarded + any) / any;
  console.log(
    `  any mutant would take ${times.toFixed(1)} times as long in its own; at least 10 is the aim`,
  );
}

function meanOf(of: readonly { readonly durationMs: number }[]): number {
  return of.reduce((sum, { durationMs }) => sum + durationMs, 0) / of.length;
}

async function run(results: string, from: string): Promise<Run> {
  const args = ["run", "-k", from, "--boot", "qemu", "-j", "1", "--confirm", "0"];
  return JSON.parse(await said([...args, "--results", results, "--json"])) as Run;
}

async function campaign(
  results: string,
  ids: readonly string[],
  more: readonly string[],
  env: Record<string, string> = {},
): Promise<CampaignRecord> {
  const args = ["mutants", "-k", KERNEL, "--boot", "qemu", ...more];
  const only = ids.flatMap((id) => ["--mutant", id]);
  const record = await said([...args, ...only, "--results", results, "--json"], env);
  return JSON.parse(record) as CampaignRecord;
}

async function said(args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await execa(process.execPath, [program, ...args, "--quiet"], {
    reject: false,
    env,
  });
  return stdout;
}

function durationOf({ cases }: Run): number {
  return cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
