// Built kernels, kept by content under the user's cache directory.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hashOf } from "../process/content-hash.ts";
import { cacheDirectory } from "../process/directories.ts";
import { publishDirectory, publishFile } from "../process/publish.ts";
import { architecture } from "./architecture.ts";
import { readBuildId } from "./build/build-id.ts";
import { hashLoadedContent } from "./build/loaded-content.ts";
import type { Kernel } from "./kernel.ts";

const FILES = ["bzImage", "vmlinux", "config", "build.log"] as const;

/** What kernel.json says; the sizes tell a file that was cut short. */
const entrySchema = z.object({
  release: z.string(),
  buildId: z.string().optional(),
  configHash: z.string(),
  content: z.string().optional(),
  sizes: z.record(z.string(), z.number()),
});

/** How a kernel is described; not part of its key, because equal content may have several names. */
export type Description = Pick<Kernel, "source" | "series" | "kconfig" | "patches" | "commit">;

/** The kernel of a key, or undefined when it is not there whole. */
export async function findKernel(key: string, described: Description): Promise<Kernel | undefined> {
  const directory = kernelDirectory(key);
  // It appears whole: what is missing now is not removed, somebody may be about to put it there.
  if (!existsSync(directory)) return undefined;
  try {
    const text = await readFile(join(directory, "kernel.json"), "utf8");
    const { sizes, release, buildId, configHash, content } = entrySchema.parse(JSON.parse(text));
    for (const file of FILES) {
      if ((await stat(join(directory, file))).size !== sizes[file]) throw new Error(file);
    }
    return {
      release,
      buildId,
      configHash,
      key,
      ...described,
      modules: undefined,
      // An entry of before it was kept there.
      content: content ?? (await hashLoadedContent(join(directory, "vmlinux"))),
      image: join(directory, "bzImage"),
      vmlinux: join(directory, "vmlinux"),
      config: join(directory, "config"),
      buildLog: join(directory, "build.log"),
    };
  } catch {
    // Damaged: then it is built, and put in place, again.
    await rm(directory, { recursive: true, force: true });
    return undefined;
  }
}

/** Puts what stands in a build directory into the store. */
export async function storeKernel(key: string, build: string, release: string): Promise<void> {
  const from = [architecture.image, "vmlinux", ".config", "build.log"];
  await mkdir(cacheDirectory("store", "kernels"), { recursive: true });
  await publishDirectory(kernelDirectory(key), async (temporary) => {
    const sizes: Record<string, number> = {};
    for (const [i, file] of FILES.entries()) {
      const target = join(temporary, file);
      await copyFile(join(build, from[i] as string), target);
      sizes[file] = (await stat(target)).size;
    }
    const buildId = await readBuildId(join(temporary, "vmlinux"));
    const configHash = hashOf(await readFile(join(temporary, "config")));
    const content = await hashLoadedContent(join(temporary, "vmlinux"));
    const entry = { release, buildId, configHash, content, sizes };
    await writeFile(join(temporary, "kernel.json"), JSON.stringify(entry, null, 2));
  });
}

/** Which kernel a request came to the last time: spares checkout, series and configuration. */
export async function recallKey(request: string): Promise<string | undefined> {
  const text = await readFile(requestFile(request), "utf8").catch(() => "");
  return /^[0-9a-f]{64}$/.exec(text.trim())?.[0];
}

export async function rememberKey(request: string, key: string): Promise<void> {
  await mkdir(cacheDirectory("store", "requests"), { recursive: true });
  await publishFile(requestFile(request), `${key}\n`);
}

function kernelDirectory(key: string): string {
  return cacheDirectory("store", "kernels", key);
}

function requestFile(request: string): string {
  return cacheDirectory("store", "requests", request);
}
