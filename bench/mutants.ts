// What a campaign of mutants costs: npm run bench:mutants. Takes a quarter of an hour; leave the machine alone.
import { rm } from "node:fs/promises";
import { execa } from "execa";
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

const request = { kernel: KERNEL, series: [], kconfig: [], cache: true };
const { kernel, plantings } = await plantAll(request, await loadMutants(), silent);
const ids = plantings.filter(({ how }) => how === "guarded").map(({ id }) => id);
const chosen = ids.slice(0, MUTANTS).flatMap((id) => ["--mutant", id]);

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
    const { durations } = await campaign(results, guests);
    show(`${MUTANTS} mutants, ${guests} at a time: the hit map`, durations.map);
    show("  and the trials", durations.trials);
  }
});

async function run(results: string, from: string): Promise<Run> {
  const args = ["run", "-k", from, "--boot", "qemu", "-j", "1", "--confirm", "0"];
  return JSON.parse(await said([...args, "--results", results, "--json"])) as Run;
}

async function campaign(results: string, guests: number): Promise<CampaignRecord> {
  const args = ["mutants", "-k", KERNEL, "--boot", "qemu", "-j", String(guests)];
  // The kernel is built by then, and the hit map is to be made anew.
  await rm(cacheDirectory("store", "hit-maps"), { recursive: true, force: true });
  const record = await said([...args, ...chosen, "--results", results, "--json"]);
  return JSON.parse(record) as CampaignRecord;
}

async function said(args: readonly string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [program, ...args, "--quiet"], {
    reject: false,
  });
  return stdout;
}

function durationOf({ cases }: Run): number {
  return cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
