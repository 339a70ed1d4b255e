// Files as they lie in results/: pages of hunts, matrices and campaigns, and what these lead to.
import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { type Answer, keptPage, notFound, plain } from "./response.ts";

/** A name in results/: nothing hidden, and no way up. */
const NAME = /^[^./\0][^/\0]*$/;
const TEXT = /^(?:config|[\w-]+\.(?:log|txt|json|ndjson))$/;

export async function showKeptFile(results: string, path: readonly string[]): Promise<Answer> {
  const name = path.at(-1) ?? "";
  const answer = name.endsWith(".html") ? keptPage : TEXT.test(name) ? plainText : undefined;
  if (path.length < 2 || !answer || !path.every((part) => NAME.test(part))) return notFound;
  const bytes = await readInside(results, join(results, ...path)).catch(() => undefined);
  return bytes ? answer(bytes) : notFound;
}

const plainText = (bytes: Buffer) => plain(200, bytes);

/** A file's content, unless a link leads out of the directory to it. */
async function readInside(directory: string, file: string): Promise<Buffer | undefined> {
  const real = await realpath(file);
  return real.startsWith((await realpath(directory)) + sep) ? readFile(real) : undefined;
}
