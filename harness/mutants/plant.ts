// The kernel with all mutants in it, each asleep until it is called by its number.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Kernel, KernelRequest } from "../kernel/kernel.ts";
import { type Compile, prepareKernel } from "../kernel/prepare.ts";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory, projectDirectory } from "../process/directories.ts";
import type { Progress } from "../process/progress.ts";
import { publishFile } from "../process/publish.ts";
import { readStored } from "../process/stored-json.ts";
import { blame } from "./blame.ts";
import type { Mutant } from "./mutant.ts";
import { type Placed, placeMutant } from "./place.ts";
import { guardAll, type NumberedMutant, type Schemata } from "./schemata.ts";
import { spotSchema } from "./spot-schema.ts";

/** Changes whenever guards are made differently. */
const VERSION = "3";
/** How often guards that the compiler refuses are taken back. */
const ROUNDS = 4;

const HEADER = "include/linux/uffdwp_mutant.h";
const SOURCE = "mm/uffdwp_mutant.c";
const MAKEFILE = "mm/Makefile";

const plantingSchema = z.object({
  id: z.string(),
  /** From 1; what the kernel calls it. */
  number: z.number(),
  /**
   * Guarded: it is in the kernel. Alone: it needs a build of its own. Not applicable: it has no
   * place in it. Unreadable: nobody knows, since spatch can't read or apply the patch.
   */
  how: z.enum(["guarded", "alone", "not-applicable", "unreadable"]),
  reason: z.string(),
  spots: z.array(spotSchema),
});

/** What has become of a mutant in the kernel that has them all. */
export type Planting = z.infer<typeof plantingSchema>;

export interface PlantedKernel {
  readonly kernel: Kernel;
  readonly plantings: readonly Planting[];
}

/**
 * Builds one kernel for all mutants, or finds it in the store.
 *
 * @throws {UntestableKernelError} when it does not build even without the mutants that it refuses
 */
export async function plantAll(
  request: KernelRequest,
  mutants: readonly Mutant[],
  progress: Progress,
): Promise<PlantedKernel> {
  const key = hashOf(VERSION, await ownSources(), JSON.stringify(mutants));
  let plantings: readonly Planting[] | undefined;
  const edit = {
    key,
    subject: `${mutants.length} mutants, asleep`,
    async apply(src: string, release: string, compile: Compile) {
      const placed = await placeAll(mutants, src, release, progress);
      const { files, plantings: found } = await guardWhatCompiles(src, mutants, placed, compile);
      plantings = found;
      return files;
    },
  };
  const kernel = await prepareKernel(request, progress, edit);
  const kept = cacheDirectory("store", "mutants", `${hashOf(kernel.key, key)}.json`);
  if (plantings) {
    await mkdir(cacheDirectory("store", "mutants"), { recursive: true });
    await publishFile(kept, JSON.stringify(plantings));
    return { kernel, plantings };
  }
  const known = await readStored(kept, z.array(plantingSchema));
  if (!known) return plantAll({ ...request, cache: false }, mutants, progress);
  return { kernel, plantings: known };
}

async function placeAll(
  mutants: readonly Mutant[],
  src: string,
  release: string,
  progress: Progress,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const [i, mutant] of mutants.entries()) {
    progress.status(`planting ${mutant.id} (${i + 1} of ${mutants.length})`);
    placed.push(await placeMutant(mutant, src, release));
  }
  return placed;
}

/** Plants finely; what the compiler refuses coarsely; what it refuses again not at all. */
async function guardWhatCompiles(
  src: string,
  mutants: readonly Mutant[],
  placed: readonly Placed[],
  compile: Compile,
): Promise<{ files: string[]; plantings: Planting[] }> {
  const levels = mutants.map(() => 0);
  const originals = new Map<string, string>();
  for (let round = 1; ; round++) {
    const planted = placed.flatMap((one, i): NumberedMutant[] => {
      const level = levels[i] as number;
      if (!("files" in one) || level > 1) return [];
      return [{ number: i + 1, files: one.files, coarse: level === 1 }];
    });
    for (const [file, text] of originals) await writeFile(join(src, file), text);
    const schemata = await guardAll(src, planted);
    const files = await writeSchemata(src, schemata, originals);
    const output = await compile(objectsOf(schemata));
    const guilty = blame(output, schemata.files);
    if (guilty.size === 0 || round === ROUNDS) {
      return { files, plantings: plantingsOf(mutants, placed, levels, schemata) };
    }
    for (const number of guilty) levels[number - 1] = (levels[number - 1] as number) + 1;
  }
}

function plantingsOf(
  mutants: readonly Mutant[],
  placed: readonly Placed[],
  levels: readonly number[],
  { spots, unguarded }: Schemata,
): Planting[] {
  return mutants.map(({ id }, i) => {
    const number = i + 1;
    const here = [...(spots.get(number) ?? [])];
    const one = placed[i] as Placed;
    if ("reason" in one) {
      const how = one.unreadable ? "unreadable" : "not-applicable";
      return { id, number, how, reason: one.reason, spots: here };
    }
    if (unguarded.has(number)) {
      const reason = "it changes something outside of functions";
      return { id, number, how: "alone", reason, spots: here };
    }
    if ((levels[i] as number) > 1) {
      return { id, number, how: "alone", reason: "the compiler refuses its guards", spots: here };
    }
    return { id, number, how: "guarded", reason: "", spots: here };
  });
}

/** @returns all paths that are changed or new */
async function writeSchemata(
  src: string,
  { files }: Schemata,
  originals: Map<string, string>,
): Promise<string[]> {
  for (const [file, text] of files) {
    const path = join(src, file);
    if (!originals.has(file)) originals.set(file, await readFile(path, "utf8"));
    await writeFile(path, text);
  }
  await copyFile(kernelFile("uffdwp_mutant.h"), join(src, HEADER));
  await copyFile(kernelFile("uffdwp_mutant.c"), join(src, SOURCE));
  const makefile = await readFile(join(src, MAKEFILE), "utf8");
  const line = "obj-y += uffdwp_mutant.o\n";
  if (!makefile.includes(line)) await writeFile(join(src, MAKEFILE), `${makefile}${line}`);
  return [...new Set([...originals.keys(), HEADER, SOURCE, MAKEFILE])];
}

/** What includes a header is not known; the heart of mm includes those that matter. */
function objectsOf({ files }: Schemata): string[] {
  const sources = [...files.keys()].filter((file) => file.endsWith(".c"));
  return [...new Set([...sources, "mm/memory.c", SOURCE])].map((file) => file.replace(/c$/, "o"));
}

async function ownSources(): Promise<string> {
  const names = ["uffdwp_mutant.h", "uffdwp_mutant.c"];
  const texts = await Promise.all(names.map((name) => readFile(kernelFile(name), "utf8")));
  return hashOf(...texts);
}

function kernelFile(name: string): string {
  return join(projectDirectory, "harness/mutants/kernel", name);
}
