// The sizes of what lies in a store: a file that was cut short is noticed before it is used.
import { readdir, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { readStored } from "./stored-json.ts";

const NAME = "sizes.json";
const sizesSchema = z.record(z.string(), z.number());

/** Notes the size of every file of a directory, in the directory. */
export async function noteSizes(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(
    files.map(async (file) => [relative(directory, file), (await stat(file)).size] as const),
  );
  await writeFile(join(directory, NAME), JSON.stringify(Object.fromEntries(sizes)));
}

/** Whether a directory is there with every file in the size that was noted. */
export async function hasNotedSizes(directory: string): Promise<boolean> {
  const sizes = await readStored(join(directory, NAME), sizesSchema);
  if (!sizes) return false;
  const checks = Object.entries(sizes).map(async ([file, size]) => {
    const found = await stat(join(directory, file)).catch(() => undefined);
    return found?.size === size;
  });
  return (await Promise.all(checks)).every(Boolean);
}
