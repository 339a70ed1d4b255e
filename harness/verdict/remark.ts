// What is to be said of results of somebody else's programs: empty passes, and skips with a cure.
import { isAbout } from "./expectation.ts";
import type { KernelFacts } from "./kernel-facts.ts";
import type { SuiteFile } from "./suite-file.ts";
import type { Verdict } from "./verdict.ts";

/** The verdict with words added to it; it stays the same verdict. */
export function remarkOn(
  verdict: Verdict,
  facts: KernelFacts | undefined,
  { vacuous, cures }: SuiteFile,
): Verdict {
  const { id, outcome, reason } = verdict;
  if (outcome === "pass" && verdict.verdict === "ok") {
    const found = vacuous
      .filter(isAbout(id))
      .find(({ unless }) => unless.length === 0 || unless.some((name) => !hasOption(facts, name)));
    return found
      ? { ...verdict, because: `a vacuous pass: ${found.why} Cure: ${found.cure}` }
      : verdict;
  }
  if (verdict.verdict === "unexpected-skip") {
    const found = cures.filter(isAbout(id)).find(({ says }) => reason.includes(says));
    return found ? { ...verdict, reason: `${reason}; cure: ${found.cure}` } : verdict;
  }
  return verdict;
}

/** An unknown configuration makes nothing suspicious. */
function hasOption(facts: KernelFacts | undefined, name: string): boolean {
  return facts?.options?.has(name) ?? true;
}
