// Builds what is configured.
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UntestableKernelError } from "../../errors.ts";
import type { Progress } from "../../process/progress.ts";
import { architecture } from "../architecture.ts";
import { firstError } from "./first-error.ts";
import { make } from "./make.ts";
import { followBuild } from "./progress.ts";

/**
 * Builds the image in a build directory that is configured; the whole log stays in build.log there.
 *
 * @throws {UntestableKernelError} with the first error alone, and where the log is
 */
export async function buildImage(
  { src, build }: { src: string; build: string },
  progress: Progress,
): Promise<void> {
  const fresh = !existsSync(join(build, "vmlinux"));
  const follower = await followBuild(build, fresh, progress);
  const result = await make({ src, build }, [architecture.target], follower.onLine);
  const log = join(build, "build.log");
  await writeFile(log, result.all);
  if (result.failed) {
    throw new UntestableKernelError(
      `The kernel does not build:\n${firstError(result.all)}\nThe whole log: ${log}`,
      { stage: "build", buildLog: log },
    );
  }
  await follower.finish();
}
