// From sources to an image: compile, list, pack; or find it in the store.
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Kernel } from "../kernel/kernel.ts";
import { hashOf, hashOfDirectory } from "../process/content-hash.ts";
import { cacheDirectory, projectDirectory } from "../process/directories.ts";
import type { Progress } from "../process/progress.ts";
import { publishDirectory } from "../process/publish.ts";
import { hasNotedSizes, noteSizes } from "../process/sizes.ts";
import { mustRun } from "../process/tool.ts";
import { type CaseDescription, listCases } from "./case-list.ts";
import { compileCases, compileInit } from "./compile.ts";
import type { Image } from "./image.ts";
import { describeKselftest, type Kselftest, placeOf } from "./kselftest/prepare.ts";
import { findBootModules, installModules } from "./modules.ts";
import { packInitramfs } from "./pack.ts";
import { layOutRoot } from "./root.ts";

const casesDirectory = join(projectDirectory, "cases");
const initDirectory = join(projectDirectory, "images", "minimal");
/** Changes whenever this folder packs images differently. */
const LAYOUT = "2";

/** What is packed beside our own cases. */
export interface Additions {
  /** Programs of the kernel's own selftests, built. */
  readonly kselftests?: readonly Kselftest[];
  /** Directories of cases that somebody else has written. */
  readonly ownCases?: readonly string[];
}

/**
 * The image for a kernel: our init, the case programs, those of others, and the modules that a
 * modular kernel needs; without a kernel, the image for all that need none.
 *
 * @throws {HarnessError} when a program does not compile or a tool is missing
 */
export async function prepareImage(
  kernel: Kernel | undefined,
  progress: Progress,
  { kselftests = [], ownCases = [] }: Additions = {},
): Promise<Image> {
  const modules = kernel ? await findBootModules(kernel) : [];
  const key = await imageKey({ kselftests, ownCases }, modules);
  const directory = cacheDirectory("store", "images", key);
  if (!(await hasNotedSizes(directory))) {
    await rm(directory, { recursive: true, force: true });
    progress.status("compiling the cases");
    await publishDirectory(directory, async (temporary) => {
      const root = join(temporary, "root");
      await layOutRoot(root);
      await compileInit(initDirectory, root);
      const programs = await compileCases(casesDirectory, join(root, "cases"));
      for (const [i, own] of ownCases.entries()) {
        programs.push(...(await compileCases(own, join(root, `cases-${i + 1}`))));
      }
      await installModules(modules, root);
      for (const kselftest of kselftests) await installKselftest(kselftest, root);
      await packInitramfs(root, join(temporary, "initramfs.cpio"));
      const cases = [...(await listCases(programs, root)), ...kselftests.map(describeKselftest)];
      await writeFile(join(temporary, "cases.json"), JSON.stringify(cases));
      await noteSizes(temporary);
    });
  }
  return readImage(directory, key);
}

/** All that an image is made from; equal keys are equal images. */
export async function imageKey(
  { kselftests = [], ownCases = [] }: Additions,
  modules: Awaited<ReturnType<typeof findBootModules>> = [],
): Promise<string> {
  return hashOf(
    LAYOUT,
    await hashOfDirectory(casesDirectory, ["build"]),
    await hashOfDirectory(initDirectory, ["build"]),
    (await mustRun("gcc", ["--version"])).stdout,
    modules.map((module) => module.file).join("\n"),
    ...kselftests.flatMap(({ spec, program }) => [spec.id, program.key]),
    ...(await Promise.all(ownCases.map((one) => hashOfDirectory(one, ["build"])))),
  );
}

async function readImage(directory: string, key: string): Promise<Image> {
  const cases = JSON.parse(await readFile(join(directory, "cases.json"), "utf8"));
  return {
    initramfs: join(directory, "initramfs.cpio"),
    root: join(directory, "root"),
    cases: cases as CaseDescription[],
    key,
  };
}

async function installKselftest({ spec, program }: Kselftest, root: string): Promise<void> {
  const target = join(root, placeOf(spec));
  await mkdir(dirname(target), { recursive: true });
  await copyFile(program.file, target);
  await chmod(target, 0o755);
}
