// Which cases a job is about.
import picomatch from "picomatch";
import { UsageError } from "../errors.ts";

interface Selectable {
  readonly id: string;
  readonly suite: string;
  /** A program of many results: what their ids are is known only when it has run. */
  readonly results?: "one" | "many";
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
    if (!offered.some((one) => mayMatch(one, glob))) {
      throw new UsageError(unknownCase(glob, offered));
    }
  }
  if (globs.length === 0) return offered;
  return offered.filter((one) => globs.some((glob) => mayMatch(one, glob)));
}

/** Which results of a program of many are asked for: those of the globs, or all of them. */
export function wantedResults(program: string, globs: readonly string[]): (id: string) => boolean {
  if (globs.length === 0 || picomatch.isMatch(program, [...globs])) return () => true;
  return picomatch([...globs]);
}

function mayMatch({ id, results }: Selectable, glob: string): boolean {
  if (picomatch.isMatch(id, glob)) return true;
  if (results !== "many") return false;
  const { base } = picomatch.scan(glob);
  return base.startsWith(`${id}/`) || `${id}/`.startsWith(base === "" ? "" : `${base}/`);
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
