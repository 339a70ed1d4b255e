// How long a hunt takes: 64 commits bisected by uffdwp and by hand, and 27 patches checked.
// Everything that both ways share is there before the clock starts: the good end is built, by each in
// its own way. Takes an hour; leave the machine alone.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { prepareImage } from "../harness/image/prepare.ts";
import { prepareKernel } from "../harness/kernel/prepare.ts";
import { cacheDirectory } from "../harness/process/directories.ts";
import { silent } from "../harness/process/progress.ts";
import {
  type Change,
  documented,
  harmless,
  LONG,
  longHistory,
  makeHistory,
} from "../tests/e2e/history.ts";
import { type ByHand, bisectByHand, prepareByHand } from "./by-hand.ts";
import { show } from "./show.ts";

const PATCHES = 27;
const CASE = "shmem-private/swap/truncate";
const uffdwp = join(import.meta.dirname, "../harness/uffdwp.js");
const top = cacheDirectory("bench", "hunting");
const linux = join(top, "linux");

await rm(top, { recursive: true, force: true });
const shas = await makeHistory(linux, longHistory(change));
const [good, bad] = [shas[0] as string, shas[LONG.commits] as string];
const guilty = shas[LONG.faulty] as string;

await run("uffdwp", [process.execPath, uffdwp, "build", "-k", `${linux}@${good}`, "--no-cache"]);
const hand = await readyHand();

const range = `main~${PATCHES}..main`;
show(
  `${LONG.commits} commits, uffdwp bisect`,
  await timed(["bisect", "-k", linux, ...ends()], guilty),
);
show(`${LONG.commits} commits, git bisect run with make and QEMU by hand`, await byHand());
show(
  `${PATCHES} patches, uffdwp series`,
  await timed(["series", "-k", linux, range], "make it worse"),
);

/** Most commits change an object, some only words. */
function change(n: number): Change["edits"] {
  const files = ["mm/memory.c", "mm/mmap.c", "mm/swapfile.c", "mm/rmap.c", "mm/shmem.c"];
  const file = files[n % files.length] as string;
  return n % 4 === 0 ? documented(`line ${n}`) : harmless(file, `hunted_${n}`);
}

function ends(): string[] {
  return ["--good", good, "--bad", bad];
}

/** @param expected what it must say in the end */
async function timed(args: readonly string[], expected: string): Promise<number> {
  const results = ["--case", CASE, "--boot", "virtme-ng", "--results", join(top, "results")];
  const started = performance.now();
  const { stdout, stderr } = await execa(process.execPath, [uffdwp, ...args, ...results], {
    reject: false,
  });
  const ms = performance.now() - started;
  if (!stdout.includes(expected)) throw new Error(`${stdout}\n${stderr}`);
  return ms;
}

/** The good end, built by hand from the configuration that uffdwp has made for it. */
async function readyHand(): Promise<ByHand> {
  const request = { kernel: `${linux}@${good}`, series: [], kconfig: [], cache: true };
  const { config = "" } = await prepareKernel(request, silent);
  const image = await prepareImage(undefined, silent);
  return prepareByHand(linux, top, { revision: good, config, image, caseId: CASE });
}

async function byHand(): Promise<number> {
  const started = performance.now();
  const said = await bisectByHand(hand, good, bad);
  const ms = performance.now() - started;
  if (!said.includes(`${guilty} is the first bad commit`)) throw new Error(said);
  return ms;
}

async function run(what: string, [program = "", ...args]: readonly string[]): Promise<void> {
  const { failed, all } = await execa(program, args, { reject: false, all: true });
  if (failed) throw new Error(`${what}: ${all}`);
}
