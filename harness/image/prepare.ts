// From sources to an image: compile, list, pack; or find it in the store.
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Kernel } from "../kernel/kernel.ts";
import { hashOf, hashOfDirectory } from "../process/content-hash.ts";
import { cacheDirectory, projectDirectory } from "../process/directories.ts";
import type { Progress } from "../process/progress.ts";
import { publishDirectory } from "../process/publish.ts";
import { mustRun } from "../process/tool.ts";
import { type CaseDescription, listCases } from "./case-list.ts";
import { compileCases, compileInit } from "./compile.ts";
import type { Image } from "./image.ts";
import { findBootModules, installModules } from "./modules.ts";
import { packInitramfs } from "./pack.ts";
import { layOutRoot } from "./root.ts";

const casesDirectory = join(projectDirectory, "cases");
const initDirectory = join(projectDirectory, "images", "minimal");
/** Changes whenever this folder packs images differently. */
const LAYOUT = "1";

/**
 * The image for a kernel: our init, the case programs, and the modules that a modular kernel needs;
 * without a kernel, the image for all that need none.
 *
 * @throws {HarnessError} when a program of ours does not compile or a tool is missing
 */
export async function prepareImage(kernel: Kernel | undefined, progress: Progress): Promise<Image> {
  const modules = kernel ? await findBootModules(kernel) : [];
  const key = hashOf(
    LAYOUT,
    await hashOfDirectory(casesDirectory, ["build"]),
    await hashOfDirectory(initDirectory, ["build"]),
    (await mustRun("gcc", ["--version"])).stdout,
    modules.map((module) => module.file).join("\n"),
  );
  const directory = cacheDirectory("store", "images", key);
  if (!(await exists(join(directory, "cases.json")))) {
    progress.status("compiling the cases");
    await publishDirectory(directory, async (temporary) => {
      const root = join(temporary, "root");
      await layOutRoot(root);
      await compileInit(initDirectory, root);
      const programs = await compileCases(casesDirectory, join(root, "cases"));
      await installModules(modules, root);
      await packInitramfs(root, join(temporary, "initramfs.cpio"));
      const cases = await listCases(programs, root);
      await writeFile(join(temporary, "cases.json"), JSON.stringify(cases));
    });
  }
  return readImage(directory, key);
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

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
