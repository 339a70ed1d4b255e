// What should happen to a case on a kernel.
import picomatch from "picomatch";
import { compareReleases, isBetween } from "../kernel/release.ts";
import type { OutcomeKind } from "../session/outcome.ts";
import type { KernelFacts } from "./kernel-facts.ts";
import type { Known, Need, SuiteFile } from "./suite-file.ts";
import type { Expected } from "./verdict.ts";

export interface Expectation {
  readonly expected: Expected;
  /** Why a skip or a failure is expected; "" for a pass. */
  readonly because: string;
  /** How a known bug shows itself; empty unless a failure is expected. */
  readonly outcomes: readonly OutcomeKind[];
  /** Titles of the splats that it makes, with * for any text. */
  readonly findings?: readonly string[] | undefined;
}

/**
 * A case whose needs the kernel does not meet should skip; one that a known bug of this kernel hits
 * should fail; every other should pass. Without facts, when no guest came up, all should pass.
 */
export function expectationFor(
  id: string,
  facts: KernelFacts | undefined,
  { needs, known }: SuiteFile,
): Expectation {
  const missing = facts ? needs.filter(isAbout(id)).flatMap((need) => missingOf(need, facts)) : [];
  if (missing.length > 0) {
    const because = `this kernel has no ${[...new Set(missing)].join(", no ")}`;
    return { expected: "skip", because, outcomes: [] };
  }
  const bug = facts && known.filter(isAbout(id)).find((one) => shows(one, facts));
  if (!bug) return { expected: "pass", because: "", outcomes: [] };
  return {
    expected: "fail",
    because: `${bug.why} (${bug.reference})`,
    outcomes: bug.outcomes,
    findings: bug.findings,
  };
}

function shows(bug: Known, { release, options }: KernelFacts): boolean {
  return isBetween(release, bug) && bug.kconfig.every((name) => options?.has(name));
}

/** In words that `list cases` shows: `feature WP_ASYNC`, `CONFIG_MEMCG`, `kernel 5.19`. */
export function needsOf(id: string, { needs }: SuiteFile): string[] {
  const words = needs.filter(isAbout(id)).flatMap(wordsOf);
  return [...new Set(words)];
}

function wordsOf({ features, kconfig, since, absent }: Need): string[] {
  return [
    ...(absent ? [absent] : []),
    ...(since ? [kernelWord(since)] : []),
    ...features.map(featureWord),
    ...kconfig.map(optionWord),
  ];
}

function missingOf({ features, kconfig, since, absent }: Need, facts: KernelFacts): string[] {
  const { options } = facts;
  return [
    ...(absent ? [absent] : []),
    ...(since && compareReleases(facts.release, since) < 0 ? [kernelWord(since)] : []),
    ...features.filter((name) => !facts.features.has(name)).map(featureWord),
    // An unknown configuration explains no skip.
    ...kconfig.filter((name) => options && !options.has(name)).map(optionWord),
  ];
}

/** Whether an entry of a suite file is about a case. */
export function isAbout(id: string) {
  return ({ cases }: { readonly cases: readonly string[] }) => picomatch.isMatch(id, [...cases]);
}

const kernelWord = (version: string) => `kernel ${version}`;
const featureWord = (name: string) => `feature ${name}`;
const optionWord = (name: string) => `CONFIG_${name}`;
