import fc from "fast-check";
import t from "tap";
import { parseKtap } from "../../harness/ktap/parse.ts";
import { flatten, totalsOf } from "../../harness/ktap/totals.ts";
import { exactly } from "../exactly.ts";

function read(text: string) {
  const document = parseKtap(text);
  const results = flatten(document.results).map(({ path, ok, directive }) =>
    [ok ? "ok" : "not ok", path.join("/"), directive ?? ""].join(" ").trim(),
  );
  return { results, totals: totalsOf(document), errors: document.errors };
}

t.test("a case of ours", async (t) => {
  const { results, errors } = read("KTAP version 1\n1..1\nok 1 shmem/present/write\n");
  t.same(results, ["ok shmem/present/write"]);
  t.same(errors, []);
});

t.test("kselftest's directives stand before the name", async (t) => {
  const text = `TAP version 13
1..3
ok 1 # SKIP wp-fork-pin on anon (feature missing)
not ok 2 wp-unpopulated on anon
ok 3 # XFAIL minor-wp on shmem
`;
  const { results, totals } = read(text);
  t.same(results, [
    "ok wp-fork-pin on anon (feature missing) skip",
    "not ok wp-unpopulated on anon",
    "ok minor-wp on shmem xfail",
  ]);
  t.same(totals, { pass: 0, fail: 1, skip: 1, xfail: 1, lost: 0 });
});

t.test(
  "the kselftest runner nests with hashes, three deep, and equal names stay apart",
  async (t) => {
    const text = `TAP version 13
1..2
# selftests: mm: run_vmtests.sh
# TAP version 13
# # --------------------
# # running ./uffd-unit-tests
# # --------------------
# # TAP version 13
# # 1..2
# # ok 1 same
# # not ok 2 same
# not ok 1 uffd-unit-tests # exit=1
# 1..1
not ok 1 selftests: mm: run_vmtests.sh # exit=1
ok 2 selftests: mm: other
`;
    const { results, totals } = read(text);
    t.match(results, [
      /^ok selftests: mm: run_vmtests\.sh\/uffd-unit-tests.*\/same$/,
      /^not ok selftests: mm: run_vmtests\.sh\/uffd-unit-tests.*\/same$/,
      /^ok selftests: mm: other$/,
    ]);
    t.match(totals, { pass: 2, fail: 1 });
  },
);

t.test("KTAP nests by indent", async (t) => {
  const text = `KTAP version 1
1..1
  KTAP version 1
  # Subtest: mm
  1..2
    KTAP version 1
    1..1
    ok 1 inner
  ok 1 first
  not ok 2 second
not ok 1 mm
`;
  t.same(read(text).results, ["ok mm/first/inner", "not ok mm/second"]);
});

t.test("uffd-unit-tests before it spoke TAP", async (t) => {
  const text = `Testing UFFDIO_API (with syscall)... done
Testing wp-fork on shmem... failed [reason: child memory should not be write protected]
Testing minor-collapse on hugetlb... skipped [reason: memory type not supported]
Userfaults unit tests: pass=1, skip=1, fail=1 (total=3)
`;
  const { totals } = read(text);
  t.same(totals, { pass: 1, fail: 1, skip: 1, xfail: 0, lost: 0 });
});

t.test("uffd-wp-mremap keeps its stable name, not the reason in its place", async (t) => {
  const text = `1..2
# [RUN] test_one_folio(size=4096, private=false, swapout=false, hugetlb=false)
ok 1 test_one_folio(size=4096, private=false, swapout=false, hugetlb=false)
# [RUN] test_one_folio(size=4096, private=true, swapout=true, hugetlb=false)
not ok 2 pte not marked uffd-wp
`;
  t.same(read(text).results, [
    "ok test_one_folio(size=4096, private=false, swapout=false, hugetlb=false)",
    "not ok test_one_folio(size=4096, private=true, swapout=true, hugetlb=false)",
  ]);
});

t.test("what was promised and never came is lost", async (t) => {
  t.match(read("TAP version 13\n1..3\nok 1 a\n"), {
    totals: { pass: 1, lost: 2 },
    errors: ["1 results where 3 were planned"],
  });
  t.match(read("TAP version 13\nok 1 a\nBail out! no memory\n"), { totals: { pass: 1, lost: 1 } });
  t.match(read("1..0 # SKIP no userfaultfd\n"), { totals: { pass: 0, fail: 0, lost: 0 } });
});

t.test("the plan may stand last", async (t) => {
  t.match(read("ok 1 a\nok 2 b\n1..2\n"), { totals: { pass: 2, lost: 0 }, errors: exactly([]) });
});

t.test("a console adds time stamps, colours, carriage returns and NULs", async (t) => {
  const noisy = "[    1.234567] \u001b[32mok 1 a\u001b[0m\r\n\0[    1.3][   T12] not ok 2 b\r\n";
  t.same(read(`1..2\n${noisy}`).results, ["ok a", "not ok b"]);
});

t.test("no text makes it throw, or invent results", async () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "1..2",
      "ok 1 a",
      "  not ok 2 b",
      "# ok 3",
      "Bail out!",
      "    1..1",
      "# # 1..1",
    ),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const { totals } = read(lines.join("\n"));
      const results = lines
        .join("\n")
        .split("\n")
        .filter((one) => /ok|Testing/.test(one)).length;
      return totals.pass + totals.fail + totals.skip + totals.xfail <= results;
    }),
  );
});
