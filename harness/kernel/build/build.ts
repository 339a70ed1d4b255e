// Builds what is configured.
import { createWriteStream, existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { UntestableKernelError } from "../../errors.ts";
import type { Progress } from "../../process/progress.ts";
import { architecture } from "../architecture.ts";
import { firstError } from "./first-error.ts";
import { make } from "./make.ts";
import { followBuild } from "./progress.ts";

/** What make says until it comes to its end; of a build that was interrupted it stays for the next. */
const UNFINISHED = "build.log.unfinished";

/**
 * Builds the image in a build directory that is configured; the whole log stays in build.log there,
 * with what a build that was interrupted before has said: what it compiled is not compiled again.
 *
 * @throws {UntestableKernelError} with the first error alone, and where the log is
 */
export async function buildImage(
  { src, build }: { src: string; build: string },
  progress: Progress,
): Promise<void> {
  const fresh = !existsSync(join(build, "vmlinux"));
  const follower = await followBuild(build, fresh, progress);
  const unfinished = join(build, UNFINISHED);
  const said = createWriteStream(unfinished, { flags: "a" });
  const result = await make({ src, build }, [architecture.target], (line) => {
    said.write(`${line}\n`);
    follower.onLine(line);
  }).finally(() => finished(said.end()));
  const log = join(build, "build.log");
  await rename(unfinished, log);
  if (result.failed) {
    throw new UntestableKernelError(
      `The kernel does not build:\n${firstError(result.all)}\nThe whole log: ${log}`,
      { stage: "build", buildLog: log },
    );
  }
  await follower.finish();
}
