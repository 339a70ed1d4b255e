// What a boot, a run and a build cost. Takes some minutes; leave the machine alone.
import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { bootGuest } from "../harness/guest/boot.ts";
import type { Machine } from "../harness/guest/machine.ts";
import { prepareImage } from "../harness/image/prepare.ts";
import { make } from "../harness/kernel/build/make.ts";
import { prepareKernel } from "../harness/kernel/prepare.ts";
import { openWorkTree } from "../harness/kernel/tree/work-tree.ts";
import { cacheDirectory } from "../harness/process/directories.ts";
import { silent } from "../harness/process/progress.ts";
import { withTemporaryDirectory } from "../harness/process/temporary.ts";
import { show } from "./show.ts";

const KERNEL = "debian:6.1";
const BOOTS = 7;
const STARTS = 7;
const uffdwp = join(import.meta.dirname, "../harness/uffdwp.js");

const request = { kernel: KERNEL, series: [], kconfig: [], cache: true };
const kernel = await prepareKernel(request, silent);
const image = await prepareImage(kernel, silent);
console.log(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`);
console.log(`${kernel.source}, TCG, one virtual processor\n`);

await withTemporaryDirectory(async (directory) => {
  for (const boot of ["qemu", "virtme-ng"] as const) {
    const times: number[] = [];
    for (let i = 0; i < BOOTS; i++) times.push(await timeToHello(boot, directory));
    show(`${boot}: from QEMU's start to the guest's hello`, median(times));
  }
  const starts: number[] = [];
  for (let i = 0; i < STARTS; i++) starts.push(await uffdwpTimed(["list", "kconfigs"]));
  show("start-up of any command", median(starts));
  await run(directory, KERNEL);
  const cached = await run(directory, KERNEL);
  show("everything cached: uffdwp run, start to exit", cached.total);
  show("  of which the boot and the cases", cached.inGuest);

  // A tree of its own: another path than the one that has filled the compiler's cache.
  const tree = join(cacheDirectory("bench"), "linux");
  await rm(tree, { recursive: true, force: true });
  const source = await openWorkTree("linux-source-6.1");
  await cp(source.src, tree, { recursive: true, verbatimSymlinks: true });
  await edit(tree, 1);
  await uffdwpTimed(["build", "-k", tree]);
  const fresh = await uffdwpTimed(["build", "-k", tree, "--no-cache"]);
  show("a build in a fresh directory, warm ccache", fresh);
  await edit(tree, 2);
  const verdict = await run(directory, tree);
  show("one changed line of mm/memory.c: uffdwp run, start to exit", verdict.total);
  show("  of which the boot and the cases", verdict.inGuest);
  show("  a bare make after such a change", await bareMake(tree));
});

async function timeToHello(boot: Machine["boot"], directory: string): Promise<number> {
  const machine = { boot, accel: "tcg", cpus: 1, memory: 768 } as const;
  const options = { number: 0, directory: join(directory, "guest"), limitMs: 60_000 };
  const guest = await bootGuest(kernel, image, machine, options);
  await guest.close();
  return guest.bootMs;
}

async function run(directory: string, from: string): Promise<{ total: number; inGuest: number }> {
  const results = join(directory, "results");
  const total = await uffdwpTimed(["run", "-k", from, "--boot", "qemu", "--results", results]);
  const text = await readFile(join(results, "latest", "journal.ndjson"), "utf8");
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (kind: string) => events.filter(({ event }) => event === kind);
  // Guests boot side by side.
  const boot = Math.max(...of("guest").map(({ bootMs }) => bootMs));
  // From the first case's begin to the last one's verdict, each on the disk before the next begins.
  const cases = Date.parse(of("verdict").at(-1).time) - Date.parse(of("begin")[0].time);
  return { total, inGuest: boot + cases };
}

async function uffdwpTimed(args: readonly string[]): Promise<number> {
  // What was copied before is not to be written back meanwhile.
  await execa("sync");
  const started = performance.now();
  await execa(process.execPath, [uffdwp, ...args, "--quiet"], { stdout: "ignore" });
  return performance.now() - started;
}

/** What a developer would type, in the same directory, after one more change. */
async function bareMake(tree: string): Promise<number> {
  const lineages = await execa("sh", [
    "-c",
    `ls -td ${cacheDirectory("trees")}/linux-*/ | head -1`,
  ]);
  const lineage = lineages.stdout.trim();
  await edit(tree, 3);
  await cp(join(tree, "mm/memory.c"), join(lineage, "src/mm/memory.c"));
  const { stdout: build } = await execa("sh", ["-c", `ls -td ${lineage}build/*/ | head -1`]);
  const started = performance.now();
  const result = await make({ src: join(lineage, "src"), build: build.trim() }, ["bzImage"]);
  if (result.failed) throw new Error(result.all);
  return performance.now() - started;
}

async function edit(tree: string, n: number): Promise<void> {
  const file = join(tree, "mm/memory.c");
  const text = (await readFile(file, "utf8")).replace(/\nint uffdwp_bench_\d+;\n$/, "");
  await writeFile(file, `${text}\nint uffdwp_bench_${n}${Date.now()};\n`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
