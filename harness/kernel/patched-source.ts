// A source with its series on top: what kernels are built from, and what else a tree holds.
import { join } from "node:path";
import { hashOf } from "../process/content-hash.ts";
import { withLock } from "../process/lock.ts";
import type { Progress } from "../process/progress.ts";
import { applySeries } from "./series/apply.ts";
import { loadSeries } from "./series/load.ts";
import type { Patch } from "./series/patch.ts";
import { resolveSource, type Source } from "./source/source.ts";
import type { SourceSpec } from "./source/spec.ts";
import { checkOut, type WorkTree } from "./tree/work-tree.ts";

export interface PatchedSource {
  readonly source: Source;
  readonly patches: readonly Patch[];
  /** Two patched sources with one key have the same files. */
  readonly key: string;
}

/**
 * Finds a source and reads its series; nothing is checked out yet.
 *
 * @throws {UsageError} when the source or a series names what does not exist
 * @throws {HarnessError} when the mirror can't be read
 */
export async function resolvePatchedSource(
  spec: SourceSpec,
  series: readonly string[],
  progress: Progress,
): Promise<PatchedSource> {
  const source = await resolveSource(spec, progress);
  const loaded = await Promise.all(series.map((one) => loadSeries(one, source.repository)));
  const patches = loaded.flat();
  const words = patches.flatMap(({ kind, strip, text }) => [kind, String(strip), text]);
  return { source, patches, key: hashOf(source.base, ...words) };
}

/**
 * Checks a patched source out and lets `use` work in it, alone: nobody else touches the tree
 * meanwhile.
 *
 * @param use gets the work tree and the hash of the git tree that stands in it
 * @throws {UntestableKernelError} when a patch does not apply
 */
export async function withPatchedTree<T>(
  { source, patches }: PatchedSource,
  progress: Progress,
  use: (tree: WorkTree, patched: string) => Promise<T>,
): Promise<T> {
  const { tree, base } = source;
  return withLock(join(tree.directory, "work.lock"), progress, async () => {
    const patched = await applySeries(tree, base, patches);
    progress.status("checking out");
    await checkOut(tree, patched);
    return use(tree, patched);
  });
}
