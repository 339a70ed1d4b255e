// Builds a program of the kernel's own selftests, static, from a tree; or finds it in the store.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UntestableKernelError, UsageError } from "../../errors.ts";
import { architecture } from "../../kernel/architecture.ts";
import { firstError } from "../../kernel/build/first-error.ts";
import { make } from "../../kernel/build/make.ts";
import { toolchainId } from "../../kernel/build/toolchain.ts";
import { type PatchedSource, withPatchedTree } from "../../kernel/patched-source.ts";
import type { WorkTree } from "../../kernel/tree/work-tree.ts";
import { hashOf } from "../../process/content-hash.ts";
import { cacheDirectory } from "../../process/directories.ts";
import type { Progress } from "../../process/progress.ts";
import { publishDirectory } from "../../process/publish.ts";
import { hasNotedSizes, noteSizes } from "../../process/sizes.ts";
import { runTool } from "../../process/tool.ts";
import { limitOf } from "./settings.ts";
import type { KselftestSpec } from "./spec.ts";

export interface KselftestProgram {
  /** Path of the program on the host. */
  readonly file: string;
  /** Its time limit as the tree has it, in seconds; 0 is none. */
  readonly limit: number;
  /** Two programs with one key are the same program. */
  readonly key: string;
}

/** Collections that were called otherwise before: vm became mm in 6.3, baa489fabd01. */
const FORMER_NAMES: Readonly<Record<string, string>> = { mm: "vm" };

/** How many names an error message offers. */
const NAMED = 12;

/**
 * @throws {UsageError} when the tree has no such program, or it is no program but a script
 * @throws {UntestableKernelError} when it does not build
 */
export async function buildKselftest(
  spec: KselftestSpec,
  source: PatchedSource,
  progress: Progress,
): Promise<KselftestProgram> {
  const key = hashOf(source.key, spec.collection, spec.program, await toolchainId());
  const directory = cacheDirectory("store", "kselftest", key);
  const file = join(directory, spec.program);
  if (!(await hasNotedSizes(directory))) {
    await rm(directory, { recursive: true, force: true });
    await withPatchedTree(source, progress, async (tree) => {
      progress.status(`building ${spec.suite}`);
      const collection = await findCollection(spec, tree);
      const built = await compile(spec, tree, collection);
      await publishDirectory(directory, async (temporary) => {
        await copyFile(built, join(temporary, spec.program));
        await writeFile(join(temporary, "limit"), String(await limitOf(collection)));
        await noteSizes(temporary);
      });
    });
  }
  return { file, key, limit: Number(await readFile(join(directory, "limit"), "utf8")) };
}

async function findCollection(spec: KselftestSpec, { src }: WorkTree): Promise<string> {
  const selftests = join(src, "tools", "testing", "selftests");
  const names = [spec.collection, FORMER_NAMES[spec.collection]].filter((name) => name);
  for (const name of names) {
    const directory = join(selftests, name as string);
    const files = await readdir(directory).catch(() => undefined);
    if (files?.includes("Makefile")) {
      checkProgram(spec, files);
      return directory;
    }
  }
  const all = (await readdir(selftests, { withFileTypes: true })).filter((one) =>
    one.isDirectory(),
  );
  throw new UsageError(
    `${spec.suite}: the tree has no tools/testing/selftests/${spec.collection}; there are: ${all.map((one) => one.name).join(", ")}.`,
  );
}

/** A program may be made of any sources, so only what can't be one is refused here. */
function checkProgram({ suite, program }: KselftestSpec, files: readonly string[]): void {
  if (/\.(sh|py|pl)$/.test(program)) {
    throw new UsageError(
      `${suite} is a script: a guest has no shell and no userland. Name the program that it runs.`,
    );
  }
  if (files.includes(`${program}.c`)) return;
  const sources = files.filter((name) => name.endsWith(".c")).map((name) => name.slice(0, -2));
  const near = sources.filter((name) => name.slice(0, 4) === program.slice(0, 4));
  const offered = (near.length > 0 ? near : sources).slice(0, NAMED).join(", ");
  throw new UsageError(
    `${suite}: this tree has no ${program}.c there; it has ${offered}. Another tree's: ${suite}@debian:6.12 or @PATH.`,
  );
}

/** lib.mk builds a program below $(OUTPUT); headers as `make headers` of the same tree has them. */
async function compile(
  { suite, program }: KselftestSpec,
  { src, directory }: WorkTree,
  collection: string,
): Promise<string> {
  const headers = join(directory, "headers");
  await mkdir(headers, { recursive: true });
  const installed = await make({ src, build: headers }, ["headers"]);
  if (installed.failed) throw unbuildable(suite, installed.all);
  const output = join(directory, "kselftest");
  await rm(output, { recursive: true, force: true });
  await mkdir(output);
  const built = join(output, program);
  const args = [
    "-C",
    collection,
    `OUTPUT=${output}`,
    `ARCH=${architecture.arch}`,
    "CC=gcc -static",
    `KHDR_INCLUDES=-isystem ${join(headers, "usr", "include")}`,
    built,
  ];
  const result = await runTool("make", args, { diesWithUs: true });
  if (result.failed) throw unbuildable(suite, result.all);
  return built;
}

function unbuildable(suite: string, log: string): UntestableKernelError {
  return new UntestableKernelError(`${suite} does not build:\n${firstError(log)}`, {
    stage: "build",
  });
}
