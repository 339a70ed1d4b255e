// A collection's own time limit.
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** tools/testing/selftests/kselftest/runner.sh: kselftest_default_timeout */
const DEFAULT_SECONDS = 45;

/** Seconds, from the `settings` file of a collection; 0 is no limit. */
export async function limitOf(collection: string): Promise<number> {
  const settings = await readFile(join(collection, "settings"), "utf8").catch(() => "");
  const found = /^timeout=(\d+)\s*$/m.exec(settings)?.[1];
  return found === undefined ? DEFAULT_SECONDS : Number(found);
}
