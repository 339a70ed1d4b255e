// From a request to a kernel that can be booted: the whole of this stage, in order.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { hashOf } from "../process/content-hash.ts";
import type { Progress } from "../process/progress.ts";
import { buildImage } from "./build/build.ts";
import { configure } from "./build/configure.ts";
import { toolchainId } from "./build/toolchain.ts";
import { debianImage, imageFile } from "./image-file.ts";
import { type Fragment, loadFragments } from "./kconfig/fragment.ts";
import type { Kernel, KernelRequest } from "./kernel.ts";
import { type PatchedSource, resolvePatchedSource, withPatchedTree } from "./patched-source.ts";
import { releaseOfTree } from "./release.ts";
import { patchFacts } from "./series/touched-lines.ts";
import { parseKernelSpec } from "./source/spec.ts";
import { type Description, findKernel, recallKey, rememberKey, storeKernel } from "./store.ts";
import type { WorkTree } from "./tree/work-tree.ts";

interface Ingredients {
  readonly patched: PatchedSource;
  readonly fragments: readonly Fragment[];
  readonly toolchain: string;
}

/**
 * Resolves, patches, configures, verifies and builds a kernel; or finds it in the store.
 *
 * @throws {UsageError} when the request names what does not exist
 * @throws {UntestableKernelError} when a patch does not apply, an option does not stick, or it does not build
 * @throws {HarnessError} when a tool is missing or the mirror can't be read
 */
export async function prepareKernel(request: KernelRequest, progress: Progress): Promise<Kernel> {
  const spec = parseKernelSpec(request.kernel);
  const fragments = await loadFragments(request.kconfig);
  if (spec.form === "image") return imageFile(spec.file, request);
  if (spec.form === "debian-image") return debianImage(spec.version, request, progress);

  const patched = await resolvePatchedSource(spec, request.series, progress);
  const ingredients = { patched, fragments, toolchain: await toolchainId() };
  const described = describe(ingredients);
  const key = requestKey(ingredients);
  const known = request.cache ? await recallKey(key) : undefined;
  const found = known && (await findKernel(known, described));
  if (found) return found;
  const built = await withPatchedTree(patched, progress, (tree, sha) =>
    buildKernel(tree, sha, ingredients, { described, cache: request.cache }, progress),
  );
  await rememberKey(key, built.key);
  return built;
}

function requestKey({ patched, fragments, toolchain }: Ingredients): string {
  return hashOf(patched.key, toolchain, ...fragments.map((fragment) => fragment.text));
}

function describe({ patched: { source, patches }, fragments }: Ingredients): Description {
  return {
    source: source.description,
    series: patches.map((patch) => patch.subject),
    patches: patchFacts(patches),
    commit: source.commit,
    kconfig: fragments.map((fragment) => fragment.name),
  };
}

async function buildKernel(
  tree: WorkTree,
  sha: string,
  { fragments, toolchain }: Ingredients,
  { described, cache }: { described: Description; cache: boolean },
  progress: Progress,
): Promise<Kernel> {
  progress.status("configuring");
  const build = join(tree.directory, "build", hashOf(...described.kconfig).slice(0, 12));
  if (!cache) await rm(build, { recursive: true, force: true });
  await mkdir(build, { recursive: true });
  const release = await releaseOfTree(tree.src);
  const config = await configure(tree, build, fragments, { release, toolchain });

  const key = hashOf(sha, config, toolchain);
  const found = cache ? await findKernel(key, described) : undefined;
  if (found) return found;
  await buildImage({ src: tree.src, build }, progress);
  await storeKernel(key, build, release);
  return (await findKernel(key, described)) as Kernel;
}
