// The programs of the kernel's own selftests that a job names, built.
import { UsageError } from "../../errors.ts";
import type { KernelRequest } from "../../kernel/kernel.ts";
import { resolvePatchedSource } from "../../kernel/patched-source.ts";
import { parseKernelSpec } from "../../kernel/source/spec.ts";
import type { Progress } from "../../process/progress.ts";
import type { CaseDescription } from "../case-list.ts";
import { buildKselftest, type KselftestProgram } from "./build.ts";
import { isKselftest, type KselftestSpec, parseKselftestSpec } from "./spec.ts";

export interface Kselftest {
  readonly spec: KselftestSpec;
  readonly program: KselftestProgram;
}

/** What names a job's programs, and the tree that they come from unless they name another. */
type Request = Pick<KernelRequest, "kernel" | "series"> & { readonly suites: readonly string[] };

/**
 * Builds them one after the other: they share work trees.
 *
 * @throws {UsageError} when a suite names no program, or no tree to take it from
 * @throws {UntestableKernelError} when a patch does not apply, or a program does not build
 */
export async function prepareKselftests(
  { kernel, series, suites }: Request,
  progress: Progress,
): Promise<Kselftest[]> {
  const specs = suites.filter(isKselftest).map(parseKselftestSpec);
  const twin = specs.find((spec, at) => specs.findIndex(({ id }) => id === spec.id) < at);
  if (twin) throw new UsageError(`${twin.suite} is named twice: its results would have one name.`);
  const kselftests: Kselftest[] = [];
  for (const spec of specs) {
    const tree = parseKernelSpec(spec.tree ?? kernel);
    if (tree.form === "image" || tree.form === "debian-image") {
      throw new UsageError(
        `${spec.suite}: ${spec.tree ?? kernel} is no tree to build it from; name one: ${spec.suite}@debian:6.12 or @PATH.`,
      );
    }
    const source = await resolvePatchedSource(tree, spec.tree ? [] : series, progress);
    kselftests.push({ spec, program: await buildKselftest(spec, source, progress) });
  }
  return kselftests;
}

/** Where a program lies in a guest, below the root. */
export function placeOf({ collection, program }: KselftestSpec): string {
  return `kselftest/${collection}/${program}`;
}

/** A program is one case to run, of which many results come. */
export function describeKselftest({ spec, program }: Kselftest): CaseDescription {
  return {
    id: spec.id,
    suite: spec.suite,
    program: `/${placeOf(spec)}`,
    args: spec.args,
    mapping: "",
    form: "",
    operation: "",
    results: "many",
    limit: program.limit,
    title: "It runs to its end, and its exit status agrees with its results.",
  };
}
