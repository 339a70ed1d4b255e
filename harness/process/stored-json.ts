// Values in a store: what can't be read is not there, and is made again.
import { readFile } from "node:fs/promises";
import type { z } from "zod";

/** What a file says; undefined where there is none, it was cut short, or it says something else. */
export async function readStored<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
