import t from "tap";
import type { KernelFacts } from "../../harness/verdict/kernel-facts.ts";
import { remarkOn } from "../../harness/verdict/remark.ts";
import { readSuiteFiles } from "../../harness/verdict/suite-file.ts";
import type { Verdict } from "../../harness/verdict/verdict.ts";

const theirs = (await readSuiteFiles()).of("kselftest:mm/uffd-unit-tests");

function facts(...options: string[]): KernelFacts {
  return { release: "7.2.13", features: new Set(), options: new Set(options) };
}

function verdict(name: string, changes: Partial<Verdict> = {}): Verdict {
  return {
    id: `kselftest/mm/uffd-unit-tests/${name}`,
    suite: "kselftest:mm/uffd-unit-tests",
    repetition: 0,
    outcome: "pass",
    reason: "",
    durationMs: 0,
    guest: 0,
    findings: [],
    output: "",
    expected: "pass",
    because: "",
    verdict: "ok",
    ...changes,
  };
}

t.test("a pass that proves nothing is called so, and stays a pass", async (t) => {
  const remarked = remarkOn(verdict("wp-fork-on-hugetlb-private"), facts("SWAP"), theirs);
  t.match(remarked, { verdict: "ok", because: /vacuous pass: .* Cure: / });
  t.match(remarkOn(verdict("wp-fork-on-anon"), facts(), theirs).because, /CONFIG_SWAP/);
  t.equal(remarkOn(verdict("wp-fork-on-anon"), facts("SWAP"), theirs).because, "");
  t.equal(remarkOn(verdict("wp-fork-on-shmem"), facts(), theirs).because, "");
});

t.test("a skip that nobody explains is told what would cure it", async (t) => {
  const skip = { outcome: "skip", verdict: "unexpected-skip" } as const;
  const said = { ...skip, reason: "Possibly CONFIG_GUP_TEST missing or unprivileged" };
  t.match(remarkOn(verdict("wp-fork-pin-on-anon", said), facts(), theirs).reason, /gup-test/);
  const strange = verdict("wp-fork-pin-on-anon", { ...skip, reason: "Tuesday" });
  t.equal(remarkOn(strange, facts(), theirs).reason, "Tuesday");
});
