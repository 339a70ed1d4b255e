// Nothing half-written: a file or a directory appears under its name whole, or not at all.
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { clearLeftovers, ownName } from "./leftovers.ts";

/** Writes a file whole, in a directory that is there; what had its name before is replaced. */
export async function publishFile(path: string, text: string): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await writeFile(temporary, text, { flush: true });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** The same for a value that people read as well. */
export async function publishJson(path: string, value: unknown): Promise<void> {
  await publishFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Makes a directory whole: `fill` writes into a temporary one beside it, which then takes its name.
 * When somebody else has published the same name meanwhile, theirs stays: equal names, equal content.
 */
export async function publishDirectory(
  directory: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  await clearLeftovers(dirname(directory));
  const temporary = temporaryBeside(directory);
  await mkdir(temporary, { recursive: true });
  try {
    await fill(temporary);
    await rename(temporary, directory).catch((error) => keepTheirs(directory, error));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function keepTheirs(directory: string, error: NodeJS.ErrnoException): Promise<void> {
  if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
  await access(directory);
}

/** In the same directory, because only there a rename is one step. */
function temporaryBeside(path: string): string {
  return join(dirname(path), ownName(`.${basename(path)}.`));
}
