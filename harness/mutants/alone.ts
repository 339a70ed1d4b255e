// A mutant in a kernel of its own: the plain way, and the only one where no guard is possible.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Kernel, KernelRequest } from "../kernel/kernel.ts";
import { prepareKernel } from "../kernel/prepare.ts";
import { hashOf } from "../process/content-hash.ts";
import type { Progress } from "../process/progress.ts";
import type { Mutant } from "./mutant.ts";
import { placeMutant } from "./place.ts";

/**
 * Builds a kernel with one mutant planted as it stands.
 *
 * @throws {UntestableKernelError} when it does not build
 */
export async function plantAlone(
  request: KernelRequest,
  mutant: Mutant,
  progress: Progress,
): Promise<Kernel> {
  return prepareKernel(request, progress, {
    key: hashOf("alone", JSON.stringify(mutant.places)),
    subject: `mutant ${mutant.id}`,
    async apply(src, release) {
      const placed = await placeMutant(mutant, src, release);
      if (!("files" in placed)) return [];
      for (const { file, text } of placed.files) {
        const path = join(src, file);
        if ((await readFile(path, "utf8")) !== text) await writeFile(path, text);
      }
      return placed.files.map(({ file }) => file);
    },
  });
}
