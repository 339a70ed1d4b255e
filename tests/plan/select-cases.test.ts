import t from "tap";
import { UsageError } from "../../harness/errors.ts";
import { selectCases } from "../../harness/plan/select-cases.ts";

const cases = [
  { id: "shmem/present/write", suite: "survive" },
  { id: "shmem-private/swap/madv-dontneed", suite: "survive" },
  { id: "shmem/present/munmap", suite: "teardown" },
];
const ids = (globs: string[], suites: string[] = []) =>
  selectCases(cases, { globs, suites }).map(({ id }) => id);

t.test("nothing asked for is everything, in order", async (t) => {
  t.same(
    ids([]),
    cases.map(({ id }) => id),
  );
});

t.test("globs and suites narrow it down", async (t) => {
  t.same(ids(["shmem/**"]), ["shmem/present/write", "shmem/present/munmap"]);
  t.same(ids(["shmem/**"], ["teardown"]), ["shmem/present/munmap"]);
  t.same(ids(["**/write", "*/swap/*"]), [
    "shmem/present/write",
    "shmem-private/swap/madv-dontneed",
  ]);
});

t.test("a glob that matches nothing is a mistake, with what comes nearest", async (t) => {
  t.throws(() => ids(["shmem-private/swap/madv-dontned"]), {
    name: "UsageError",
    message: /No case matches .*\. Near it: shmem-private\/swap\/madv-dontneed/,
  });
  t.throws(() => ids(["shmem/**", "hugetlb/**"]), UsageError);
});

t.test("an unknown suite is a mistake", async (t) => {
  t.throws(() => ids([], ["surviv"]), { message: /There is no suite surviv; .*survive, teardown/ });
});
