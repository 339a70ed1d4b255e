import t from "tap";
import { expectationFor, needsOf } from "../../harness/verdict/expectation.ts";
import { featureNames } from "../../harness/verdict/features.ts";
import type { KernelFacts } from "../../harness/verdict/kernel-facts.ts";
import { kernelFacts } from "../../harness/verdict/kernel-facts.ts";
import type { SuiteFile } from "../../harness/verdict/suite-file.ts";

const suite: SuiteFile = {
  suites: {},
  vacuous: [],
  cures: [],
  needs: [
    { cases: ["shmem/**"], features: ["WP_HUGETLBFS_SHMEM"], kconfig: [], since: "5.19" },
    { cases: ["**/memcg-*"], features: [], kconfig: ["MEMCG"] },
  ],
  known: [
    {
      cases: ["anon/*/ksm"],
      since: "5.7",
      until: "7.3",
      kconfig: [],
      outcomes: ["fail"],
      why: "merging drops the bit",
      reference: "reported",
    },
  ],
};

function facts(changes: Partial<KernelFacts> = {}): KernelFacts {
  const features = new Set(["WP_HUGETLBFS_SHMEM"]);
  return { release: "6.1.192", options: new Set(["MEMCG"]), features, ...changes };
}

t.test("a case whose needs are met should pass", async (t) => {
  t.match(expectationFor("shmem/present/memcg-reclaim", facts(), suite), { expected: "pass" });
});

t.test("what the kernel lacks explains a skip", async (t) => {
  const old = facts({ release: "5.10.9", features: new Set() });
  t.match(expectationFor("shmem/present/write", old, suite), {
    expected: "skip",
    because: "this kernel has no kernel 5.19, no feature WP_HUGETLBFS_SHMEM",
  });
  const small = facts({ options: new Set() });
  t.match(expectationFor("anon/present/memcg-reclaim", small, suite), {
    expected: "skip",
    because: /CONFIG_MEMCG/,
  });
});

t.test("an unknown configuration explains nothing", async (t) => {
  const unknown = facts({ options: undefined });
  t.match(expectationFor("anon/present/memcg-reclaim", unknown, suite), { expected: "pass" });
});

t.test("a known bug is expected between its first and its last kernel", async (t) => {
  const at = (release: string) => expectationFor("anon/present/ksm", facts({ release }), suite);
  t.match(at("6.1.192"), { expected: "fail", because: "merging drops the bit (reported)" });
  t.match(at("7.3.0"), { expected: "pass" });
  t.match(at("5.4.1"), { expected: "pass" });
});

t.test("the splats of a known bug are expected with it", async (t) => {
  const [bug] = suite.known;
  const findings = ["WARNING in *"];
  const splats = { ...suite, known: bug ? [{ ...bug, findings }] : [] };
  t.match(expectationFor("anon/present/ksm", facts(), splats), { expected: "fail", findings });
});

t.test("a bug that only an assertion shows is expected where the kernel has it", async (t) => {
  const [bug] = suite.known;
  const asserted = { ...suite, known: bug ? [{ ...bug, kconfig: ["PAGE_TABLE_CHECK"] }] : [] };
  const on = (options?: ReadonlySet<string>) =>
    expectationFor("anon/present/ksm", facts({ options }), asserted).expected;
  t.equal(on(new Set(["PAGE_TABLE_CHECK"])), "fail");
  t.equal(on(new Set(["KSM"])), "pass");
  t.equal(on(undefined), "pass");
});

t.test("without a guest nobody knows better than pass", async (t) => {
  t.match(expectationFor("shmem/present/write", undefined, suite), { expected: "pass" });
});

t.test("needs are told in words", async (t) => {
  t.same(needsOf("shmem/present/memcg-reclaim", suite), [
    "kernel 5.19",
    "feature WP_HUGETLBFS_SHMEM",
    "CONFIG_MEMCG",
  ]);
});

t.test("features are named by their bits", async (t) => {
  t.same([...featureNames(0x1001n)], ["PAGEFAULT_FLAG_WP", "WP_HUGETLBFS_SHMEM"]);
  t.same([...featureNames(0n)], []);
  t.ok(featureNames(0xffffffffffffffffn).has("MOVE"));
});

t.test("the guest's own configuration counts more than ours", async (t) => {
  const identity = { release: "6.1.0", buildId: "", features: 1n };
  const ours = "CONFIG_SWAP=y\n# CONFIG_MEMCG is not set\n";
  t.same(kernelFacts({ ...identity, config: "CONFIG_KSM=y\n" }, ours).options, new Set(["KSM"]));
  t.same(kernelFacts({ ...identity, config: "" }, ours).options, new Set(["SWAP"]));
  t.equal(kernelFacts({ ...identity, config: "" }, undefined).options, undefined);
});
