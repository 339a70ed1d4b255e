// Keys by content: the same input has the same key, on every machine.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** sha256 in hex over parts, each told apart from the next by its length. */
export function hashOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    hash.update(`${bytes.length}:`).update(bytes);
  }
  return hash.digest("hex");
}

/**
 * The hash of a directory's files: their relative paths and contents.
 *
 * @param skip names of entries that don't count, wherever they stand
 */
export async function hashOfDirectory(
  directory: string,
  skip: readonly string[] = [],
): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .filter((path) => !path.split("/").some((part) => skip.includes(part)))
    .sort();
  const contents = await Promise.all(files.map((path) => readFile(join(directory, path))));
  return hashOf(...files.flatMap((path, i) => [path, contents[i] as Buffer]));
}
