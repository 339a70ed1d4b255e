// From a request to a kernel that can be booted: the whole of this stage, in order.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { hashOf } from "../process/content-hash.ts";
import type { Progress } from "../process/progress.ts";
import { buildImage } from "./build/build.ts";
import { configure } from "./build/configure.ts";
import { make } from "./build/make.ts";
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

/** What is changed in a patched tree before it is built, when no patch says it. */
export interface TreeEdit {
  /** Equal keys make equal changes of equal trees. */
  readonly key: string;
  /** How the record of the kernel calls it, among its patches. */
  readonly subject: string;
  /**
   * Changes files.
   *
   * @param compile makes objects as far as it goes, and returns what the compiler says
   * @returns paths of what is changed or new
   */
  apply(src: string, release: string, compile: Compile): Promise<readonly string[]>;
}

export type Compile = (objects: readonly string[]) => Promise<string>;

interface Ingredients {
  readonly patched: PatchedSource;
  readonly edit: TreeEdit | undefined;
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
export async function prepareKernel(
  request: KernelRequest,
  progress: Progress,
  edit?: TreeEdit,
): Promise<Kernel> {
  const spec = parseKernelSpec(request.kernel);
  const fragments = await loadFragments(request.kconfig);
  if (edit && (spec.form === "image" || spec.form === "debian-image")) {
    throw new UsageError(`${request.kernel}: to change a kernel its source is needed.`);
  }
  if (spec.form === "image") return imageFile(spec.file, request);
  if (spec.form === "debian-image") return debianImage(spec.version, request, progress);

  const patched = await resolvePatchedSource(spec, request.series, progress);
  const ingredients = { patched, edit, fragments, toolchain: await toolchainId() };
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

function requestKey({ patched, edit, fragments, toolchain }: Ingredients): string {
  const edits = edit ? ["edit", edit.key] : [];
  return hashOf(patched.key, toolchain, ...fragments.map((fragment) => fragment.text), ...edits);
}

function describe({ patched: { source, patches }, edit, fragments }: Ingredients): Description {
  return {
    source: source.description,
    series: [...patches.map((patch) => patch.subject), ...(edit ? [edit.subject] : [])],
    patches: patchFacts(patches),
    commit: source.commit,
    kconfig: fragments.map((fragment) => fragment.name),
  };
}

async function buildKernel(
  tree: WorkTree,
  patched: string,
  { edit, fragments, toolchain }: Ingredients,
  { described, cache }: { described: Description; cache: boolean },
  progress: Progress,
): Promise<Kernel> {
  progress.status("configuring");
  const build = join(tree.directory, "build", hashOf(...described.kconfig).slice(0, 12));
  if (!cache) await rm(build, { recursive: true, force: true });
  await mkdir(build, { recursive: true });
  const release = await releaseOfTree(tree.src);
  const config = await configure(tree, build, fragments, { release, toolchain });

  const sha = edit ? await applyEdit(edit, { tree, build, release }, progress) : patched;
  const key = hashOf(sha, config, toolchain);
  const found = cache ? await findKernel(key, described) : undefined;
  if (found) return found;
  const name = [release, ...described.kconfig].join(", ");
  const begun = performance.now();
  progress.note(`building ${name}`);
  await buildImage({ src: tree.src, build }, progress);
  progress.note(`built ${name} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  await storeKernel(key, build, release);
  return (await findKernel(key, described)) as Kernel;
}

/** @returns the git tree afterwards */
async function applyEdit(
  edit: TreeEdit,
  { tree, build, release }: { tree: WorkTree; build: string; release: string },
  progress: Progress,
): Promise<string> {
  const compile: Compile = async (objects) => {
    progress.status("compiling what is changed");
    return (await make({ src: tree.src, build }, ["--keep-going", ...objects])).all;
  };
  const files = await edit.apply(tree.src, release, compile);
  await tree.mustGit(["add", "--force", "--", ...files]);
  return tree.mustGit(["write-tree"]);
}
