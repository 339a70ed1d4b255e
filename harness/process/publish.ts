// Nothing half-written: a directory appears under its name whole, or not at all.
import { randomBytes } from "node:crypto";
import { access, mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Makes a directory whole: `fill` writes into a temporary one beside it, which then takes its name.
 * When somebody else has published the same name meanwhile, theirs stays: equal names, equal content.
 */
export async function publishDirectory(
  directory: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  const name = `.${basename(directory)}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const temporary = join(dirname(directory), name);
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
