// tinyconfig, the fragments on top by the kernel's own script, and olddefconfig.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UntestableKernelError } from "../../errors.ts";
import { hashOf } from "../../process/content-hash.ts";
import { publishFile } from "../../process/publish.ts";
import { withTemporaryDirectory } from "../../process/temporary.ts";
import { runTool, type ToolResult } from "../../process/tool.ts";
import { type Fragment, optionsFor } from "../kconfig/fragment.ts";
import { verifyOptions } from "../kconfig/verify.ts";
import type { WorkTree } from "../tree/work-tree.ts";
import { firstError } from "./first-error.ts";
import { make } from "./make.ts";

/** What the configuration of a tree is made from, besides the fragments and the toolchain. */
const KCONFIG_FILES = [
  "*Kconfig*",
  "scripts/kconfig",
  "scripts/Kconfig.include",
  "kernel/configs",
  "arch/x86/configs",
];

/**
 * Makes .config in the build directory, unless it is there already from the same Kconfig files,
 * fragments and toolchain.
 *
 * @returns the text of the resolved .config
 * @throws {UntestableKernelError} when Kconfig fails or an option does not stick
 */
export async function configure(
  tree: WorkTree,
  build: string,
  fragments: readonly Fragment[],
  { release, toolchain }: { release: string; toolchain: string },
): Promise<string> {
  const config = join(build, ".config");
  const marker = join(build, ".uffdwp-configured");
  const options = fragments.map((fragment) => optionsFor(fragment, release));
  const kconfigs = await tree.mustGit(["ls-files", "--stage", "--", ...KCONFIG_FILES]);
  const key = hashOf(kconfigs, toolchain, ...options);
  const before = await readFile(config, "utf8").catch(() => "");
  if (before !== "" && (await readFile(marker, "utf8").catch(() => "")) === hashOf(key, before)) {
    return before;
  }
  await check(make({ src: tree.src, build }, ["tinyconfig"]));
  await merge(tree.src, build, options);
  await check(make({ src: tree.src, build }, ["olddefconfig"]));
  const resolved = await readFile(config, "utf8");
  await verifyOptions(fragments, resolved, { src: tree.src, release });
  await publishFile(marker, hashOf(key, resolved));
  return resolved;
}

async function merge(src: string, build: string, options: readonly string[]): Promise<void> {
  await withTemporaryDirectory(async (directory) => {
    const files = options.map((_, i) => join(directory, `${i}.config`));
    await Promise.all(files.map((file, i) => writeFile(file, options[i] as string)));
    const script = join(src, "scripts", "kconfig", "merge_config.sh");
    await check(
      runTool("sh", [script, "-m", "-O", build, join(build, ".config"), ...files], { cwd: src }),
    );
  });
}

async function check(running: Promise<ToolResult>): Promise<void> {
  const result = await running;
  if (result.failed) {
    throw new UntestableKernelError(`The kernel can't be configured:\n${firstError(result.all)}`, {
      stage: "kconfig",
    });
  }
}
