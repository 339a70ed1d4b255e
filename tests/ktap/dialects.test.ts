// Samples in the manner of KUnit, node-tap, Perl's Test2 and the kselftest runner.
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

t.test("KUnit indents with tabs, behind printk's time stamps", async (t) => {
  const text = `[    0.060000] printk: console [mc-1] enabled
[    0.060000] TAP version 14
[    0.060000] 1..2
[    0.060000] \t# Subtest: page-table
[    0.060000] \t1..2
[    0.060000] \tok 1 - walk
[    0.060000]  some driver says # this
[    0.060000] \tok 2 - zap
[    0.060000] ok 1 - page-table
[    0.060000] \t# Subtest: swap
[    0.060000] \t1..1
[    0.060000] \tnot ok 1 - swapin
[    0.060000] not ok 2 - swap
`;
  t.strictSame(read(text).results, [
    "ok page-table/walk",
    "ok page-table/zap",
    "not ok swap/swapin",
  ]);
  t.strictSame(read(text).errors, []);
});

t.test("a KUnit kernel that panics loses what it had promised", async (t) => {
  const text = `TAP version 14
1..2
    # Subtest: page-table
    1..3
    ok 1 - walk
    Kernel panic - not syncing: Fatal exception
`;
  const { results, totals } = read(text);
  t.strictSame(results, ["ok page-table/walk"], "its path is that of a run that goes on");
  t.strictSame(totals, { pass: 1, fail: 0, skip: 0, xfail: 0, lost: 2 + 2 });
});

t.test(
  "results that are indented once more than their plan are below the same parent",
  async (t) => {
    const text = `KTAP version 1
1..1
    KTAP version 1
    1..1
        not ok 1 inner
not ok 1 outer
`;
    t.match(read(text), {
      results: exactly(["not ok outer/inner"]),
      totals: { lost: 0 },
      errors: exactly([]),
    });
  },
);

t.test("a subtest without results is said", async (t) => {
  const text = "TAP version 14\n1..1\n  # Subtest: empty\nok 1 - empty\n";
  t.match(read(text), {
    totals: { pass: 1, lost: 0 },
    errors: exactly(["subtest empty has no results"]),
  });
});

t.test("TAP 14: a subtest, its YAML, and what looks like results in it", async (t) => {
  const text = `TAP version 14
# Subtest: outer
    # Subtest: inner
        not ok 1 - deep
          ---
          found: |
            ok 7 - no result
            1..9
          ...
        1..1
    not ok 1 - inner
    ok 2 - beside
    1..2
not ok 1 - outer # time=12ms
1..1
`;
  const document = parseKtap(text);
  const [deep] = flatten(document.results);
  t.match(deep, { path: exactly(["outer", "inner", "deep"]), ok: false });
  t.strictSame(deep?.diagnostics.slice(-3), ["found: |", "  ok 7 - no result", "  1..9"]);
  t.match(totalsOf(document), { pass: 1, fail: 1, lost: 0 });
});

t.test("a YAML block that is never closed hides no results", async (t) => {
  t.match(read("1..2\nnot ok 1 a\n  ---\n  at: here\nok 2 b\n"), { totals: { pass: 1, fail: 1 } });
});

t.test("node-tap's and Test2's buffered subtests stand behind their result", async (t) => {
  const text = `TAP version 13
ok 1 - outer {
    not ok 1 - todo # TODO later {
        not ok 1 - inner
        1..1
    }
    ok 2
    1..2
}
ok 2 - a name that ends like this {
# Subtest: streamed
    ok 1 - x
    1..1
ok 3 - streamed
1..3
`;
  t.strictSame(read(text), {
    results: [
      "not ok outer/todo/inner todo",
      "ok outer/",
      "ok a name that ends like this {",
      "ok streamed/x",
    ],
    totals: { pass: 3, fail: 0, skip: 0, xfail: 1, lost: 0 },
    errors: [],
  });
});

t.test("todo: a failure is expected, and what fails below it too; a pass counts", async (t) => {
  const text = `TAP version 14
1..3
not ok 1 - later # TODO not written
# Subtest: also later
    1..1
    not ok 1 - child
not ok 2 - also later # todo
ok 3 - early # TODO
`;
  t.match(read(text).totals, { pass: 1, fail: 0, xfail: 2, lost: 0 });
});

t.test("a bail out in a subtest cuts off everything", async (t) => {
  const text = `TAP version 14
1..2
# Subtest: db
    1..3
    ok 1 - connects
    Bail out! gone
Bail out! gone
`;
  t.match(read(text), { results: exactly(["ok db/connects"]), totals: { pass: 1, lost: 2 + 2 } });
  const whole = "TAP version 14\n1..1\n    ok 1 - a\n    1..1\n    Bail out!\nok 1 - b\n";
  t.match(read(whole).totals, { pass: 1, lost: 1 }, "even where each plan is kept");
});

t.test("plans that don't match, in every way", async (t) => {
  const lost = (text: string) => read(text).totals.lost;
  t.equal(lost("TAP version 13\n1..3\nok 1\n"), 2, "too few");
  t.equal(lost("1..1\nok 1\nok 2\n"), 1, "too many");
  t.equal(lost("TAP version 13\n"), 1, "announced and silent");
  t.equal(lost("1..2\nok 1\nok 2\n1..2\n"), 0, "said twice");
  t.equal(lost("1..2\nok 1\nok 2\n1..3\n"), 1, "said twice, and not the same");
  t.equal(lost("1..5\nTAP version 13\nok 1\nok 2\nok 3\nok 4\nok 5\n"), 0, "before the version");
  t.equal(lost("1..0 # SKIP no userfaultfd\n"), 0, "all skipped");
  t.strictSame(read("nothing at all\n").errors, ["no results"]);
});

t.test("where there is a plan, each of its numbers comes once", async (t) => {
  const twice = read("1..3\nok 1 a\nok 2 b\nok 2 b\n");
  t.match(twice, { totals: { pass: 2, lost: 1 }, errors: exactly([/2 results.* 3 .*planned/]) });
  t.strictSame(twice.results, ["ok a", "ok b"], "an echo is no result of its own");
  const lost = (text: string) => read(text).totals.lost;
  t.match(read("1..2\nok 1\nok 9\n"), { totals: { lost: 1 }, errors: exactly([/number 9/]) });
  t.equal(lost("ok 1\nok 9\n1..2\n"), 1, "also where the plan stands last");
  t.equal(lost("1..2\nok 0\nok 1\n"), 1);
  t.equal(lost(`1..2\nok 1\nok ${"9".repeat(400)}\n`), 1);
  t.equal(lost("1..2\nok 1\nok 2\nok 2\n"), 1, "what is too much is so once");
  t.match(
    read("1..3\nok 1 a\nok 2 b\nnot ok 2 b\n"),
    { totals: { pass: 2, fail: 1, lost: 1 } },
    "a number that comes again with another result is no echo",
  );
  t.equal(lost("1..1\n  1..2\n  ok 1\n  ok 1\nok 1 a\n"), 1, "in a subtest");
  t.equal(lost("ok 1\nok 1\nok 7\n"), 0, "without a plan, numbers mean nothing");
  t.equal(lost("2..3\nok 2\nok 3\n"), 0, "a plan says where it begins");
});

t.test("numbers are optional", async (t) => {
  const lost = (text: string) => read(text).totals.lost;
  t.equal(lost("1..3\nok\nok a\nnot ok\n"), 0);
  t.equal(lost("1..3\nok\nok 3\nok\n"), 0, "a result without takes what is left");
  t.equal(lost("1..3\nok\nok 3\nok 3\n"), 1);
});

t.test("a plan that is no sane one is read in time", async (t) => {
  t.match(read("1..999999999\nok 1\nok 1\n").totals, { lost: 999_999_998 });
});

t.test("KUnit's modules count on from one document to the next, or begin anew", async (t) => {
  const suite = (number: number, name: string) => `KTAP version 1
1..1
    KTAP version 1
    # Subtest: ${name}
    1..2
    ok 1 one
    ok 2 two
ok ${number} ${name}
`;
  const counts = suite(1, "a") + suite(2, "b") + suite(3, "c");
  t.match(read(counts), { totals: { pass: 6, lost: 0 }, errors: exactly([]) });
  const anew = suite(1, "a") + suite(1, "b") + suite(2, "c");
  t.match(read(anew), { totals: { pass: 6, lost: 0 }, errors: exactly([]) });
  t.match(read(suite(1, "a") + suite(7, "b")).totals, { lost: 1 });
});

t.test("documents may follow one another", async (t) => {
  const one = "TAP version 13\n1..2\nok 1 a\nok 2 b\n";
  t.match(read(one + one), { totals: { pass: 4, lost: 0 }, errors: exactly([]) });
  t.match(read(`TAP version 13\n1..2\nok 1 a\n${one}`).totals, { pass: 3, lost: 1 });
});

t.test("the kselftest runner, three deep, with a harness of its own inside", async (t) => {
  const text = `TAP version 13
1..2
# timeout set to 900
# selftests: mm: run_vmtests.sh
# TAP version 13
# # -----------------------
# # running ./hmm-tests
# # -----------------------
# # TAP version 13
# # 1..2
# # # Starting 2 tests from 2 test cases.
# # #  RUN           hmm.fork ...
# # #            OK  hmm.fork
# # ok 1 hmm.fork
# # not ok 2 # XFAIL hmm.later
# # # FAILED: 1 / 2 tests passed.
# # # Totals: pass:1 fail:0 xfail:1 xpass:0 skip:0 error:0
# # [FAIL]
# not ok 1 hmm-tests # exit=1
# # -----------------------
# # running ./uffd-stress anon 20 16
# # -----------------------
# # KTAP version 1
# # 1..1
# #   KTAP version 1
# #   1..2
# #   ok 1 same
# #   not ok 2 same
# # not ok 1 anon
# not ok 2 uffd-stress # exit=1
# ok 3 uffd-stress # SKIP
# # SUMMARY: PASS=0 SKIP=1 FAIL=2
# 1..3
not ok 1 selftests: mm: run_vmtests.sh # exit=1
# selftests: mm: mkdirty
# TAP version 13
# 1..1
# ok 1 ok 2 is part of the name
ok 2 selftests: mm: mkdirty
`;
  const vmtests = "selftests: mm: run_vmtests.sh";
  t.strictSame(read(text), {
    results: [
      `ok ${vmtests}/hmm-tests/hmm.fork`,
      `not ok ${vmtests}/hmm-tests/hmm.later xfail`,
      `ok ${vmtests}/uffd-stress/anon/same`,
      `not ok ${vmtests}/uffd-stress/anon/same`,
      `ok ${vmtests}/uffd-stress skip`,
      "ok selftests: mm: mkdirty/ok 2 is part of the name",
    ],
    totals: { pass: 3, fail: 1, skip: 1, xfail: 1, lost: 0 },
    errors: [],
  });
});

t.test("what is understood by nobody is kept", async (t) => {
  const { results, diagnostics } = parseKtap("ok 1 a\nhalf a li\nnot ok 2 b\nthe end\n");
  t.match(
    results,
    exactly([{ diagnostics: exactly([]) }, { diagnostics: exactly(["half a li"]) }]),
  );
  t.strictSame(diagnostics, ["the end"]);
});
