// Builds the programs of a guest, static, with the makefiles that stand beside their sources.
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HarnessError } from "../errors.ts";
import { runTool } from "../process/tool.ts";

/** Builds our init into a root, as /init. */
export async function compileInit(source: string, root: string): Promise<void> {
  await make(source, root);
}

/** Builds the case programs into a directory; returns their paths, sorted. */
export async function compileCases(source: string, target: string): Promise<string[]> {
  await make(source, target);
  await rm(join(target, "obj"), { recursive: true, force: true });
  const entries = await readdir(target, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(target, entry.name))
    .sort();
}

async function make(source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  const args = ["-s", "-j2", "-C", source, `O=${target}`];
  const result = await runTool("make", args, { diesWithUs: true });
  if (result.failed) {
    throw new HarnessError(`The programs in ${source} do not compile:\n${result.all}`);
  }
}
