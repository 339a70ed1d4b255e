// Which cases a job is about.
import picomatch from "picomatch";
import { UsageError } from "../errors.ts";

interface Selectable {
  readonly id: string;
  readonly suite: string;
}

/**
 * The cases of the named suites whose ids match one of the globs; no suite is every suite, no glob
 * every case.
 *
 * @throws {UsageError} when a suite or a glob names nothing, with what comes nearest
 */
export function selectCases<T extends Selectable>(
  cases: readonly T[],
  { globs, suites }: { globs: readonly string[]; suites: readonly string[] },
): T[] {
  const known = new Set(cases.map((candidate) => candidate.suite));
  for (const suite of suites) {
    if (!known.has(suite)) {
      throw new UsageError(`There is no suite ${suite}; there are: ${[...known].join(", ")}.`);
    }
  }
  const offered = cases.filter(({ suite }) => suites.length === 0 || suites.includes(suite));
  for (const glob of globs) {
    const matches = picomatch(glob);
    if (!offered.some(({ id }) => matches(id))) throw new UsageError(unknownCase(glob, offered));
  }
  if (globs.length === 0) return offered;
  const matches = picomatch([...globs]);
  return offered.filter(({ id }) => matches(id));
}

function unknownCase(glob: string, cases: readonly Selectable[]): string {
  const near = cases
    .map(({ id }) => ({ id, shared: sharedParts(id, glob) }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ id }) => id);
  return `No case matches ${glob}. Near it: ${near.join(", ")}. All: npx uffdwp list cases.`;
}

function sharedParts(id: string, glob: string): number {
  const parts = new Set(glob.split(/[/*-]+/));
  return id.split(/[/-]/).filter((part) => parts.has(part)).length;
}
