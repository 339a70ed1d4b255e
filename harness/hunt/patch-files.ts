// The patches of a series as files of a hunt: one each, and a quilt directory for every length of the series.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Patch } from "../kernel/series/patch.ts";

/** Keeps the patches as they were given, so that a resumed hunt does not depend on where they came from. */
export async function keepPatches(directory: string, patches: readonly Patch[]): Promise<void> {
  const top = join(directory, "patches");
  await mkdir(top);
  for (const [i, { text }] of patches.entries()) {
    await writeFile(join(top, fileName(i)), text, "latin1");
    const length = seriesUpTo(directory, i + 1);
    await mkdir(length);
    const lines = patches.slice(0, i + 1).map(({ strip }, k) => `../${fileName(k)} -p${strip}\n`);
    await writeFile(join(length, "series"), lines.join(""));
  }
}

/** The directory that stands for the first patches of a series, as `--series` takes it. */
export function seriesUpTo(directory: string, count: number): string {
  return join(directory, "patches", `first-${String(count).padStart(4, "0")}`);
}

function fileName(i: number): string {
  return `${String(i + 1).padStart(4, "0")}.patch`;
}
