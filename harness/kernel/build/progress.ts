// How far a build is: objects done of those expected, and the time left.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../process/progress.ts";
import { publishFile } from "../../process/publish.ts";

/** kbuild's short lines: `  CC      mm/memory.o`. */
const OBJECT = /^ {2}(CC|AS|LD|AR|HOSTCC|HOSTLD|GEN|UPD|VDSO|VDSO2C|OBJCOPY|RELOCS|CC \[M\]) +\S/;
/** What the default set builds, measured on 6.1; replaced by this directory's own count after one build. */
const FIRST_GUESS = 1_755;

export interface BuildProgress {
  onLine(line: string): void;
  /** Keeps the count for the next full build in this directory. */
  finish(): Promise<void>;
}

/** Follows make's output. A directory that was built before has less to do: then only counts are shown. */
export async function followBuild(
  build: string,
  fresh: boolean,
  progress: Progress,
): Promise<BuildProgress> {
  const memory = join(build, ".uffdwp-objects");
  const known = Number(await readFile(memory, "utf8").catch(() => FIRST_GUESS));
  const expected = fresh ? known || FIRST_GUESS : undefined;
  const started = performance.now();
  let done = 0;
  return {
    onLine(line) {
      if (!OBJECT.test(line)) return;
      done++;
      const elapsed = (performance.now() - started) / 1000;
      progress.status(`building: ${describe(done, expected, elapsed)}`);
    },
    async finish() {
      if (fresh) await publishFile(memory, `${done}\n`);
    },
  };
}

function describe(done: number, expected: number | undefined, elapsed: number): string {
  if (!expected || done >= expected) return `${done} objects, ${Math.round(elapsed)} s`;
  const left = (elapsed / done) * (expected - done);
  const time = left >= 90 ? `${Math.round(left / 60)} min` : `${Math.round(left)} s`;
  return `${done} of about ${expected} objects, ${time} left`;
}
