import { readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { resultsOf } from "../../harness/session/program-outcome.ts";
import { endedRun } from "./ended-run.ts";

const ID = "kselftest/mm/uffd-unit-tests";

const ended = (output: string, exitCode = 0) => endedRun(output, { exitCode });

/** What the programs printed in guests of ours. */
function recorded(name: string): string {
  return readFileSync(join(import.meta.dirname, "data", `${name}.txt`), "utf8");
}

t.test("both dialects of uffd-unit-tests give the same ids", async (t) => {
  const idsOf = (name: string) => resultsOf(ID, ended(recorded(name))).map(({ id }) => id);
  const old = idsOf("uffd-unit-tests-6.12");
  const ktap = idsOf("uffd-unit-tests-7.2");
  t.equal(old.length, 66 + 1);
  t.equal(ktap.length, 67 + 1);
  t.strictSame(
    old.filter((id) => !ktap.includes(id)),
    [],
    "7.2 only adds to 6.12",
  );
  t.equal(old.at(-1), ID, "the program's own outcome is the last");
});

t.test("a skip has the id that the test has when it does not skip", async (t) => {
  for (const name of ["uffd-unit-tests-6.12", "uffd-unit-tests-7.2"]) {
    const results = resultsOf(ID, ended(recorded(name)));
    t.match(
      results.find(({ id }) => id === `${ID}/wp-fork-pin-on-anon`),
      { outcome: "skip", reason: "Possibly CONFIG_GUP_TEST missing or unprivileged" },
      name,
    );
  }
});

t.test("a skip that kselftest_harness.h calls ok is a skip", async (t) => {
  const results = resultsOf("kselftest/mm/hmm-tests", ended(recorded("hmm-tests-6.1")));
  const skipped = results.filter(({ outcome }) => outcome === "skip");
  t.equal(skipped.length, 29);
  t.ok(skipped.every(({ id }) => id.includes("coherent")));
});

t.test("results of one name are told apart", async (t) => {
  const results = resultsOf("p", ended("TAP version 13\n1..2\nok 1 same\nnot ok 2 same\n", 1));
  t.match(results, [{ id: "p/same", outcome: "pass" }, { id: "p/same.2", outcome: "fail" }, {}]);
});

t.test("what a child's buffer repeats is no second result, and the program lost one", async (t) => {
  t.strictSame(
    resultsOf("p", ended("1..3\nok 1 a\nok 2 b\nok 2 b\n")).map(({ id, outcome }) => [id, outcome]),
    [
      ["p/a", "pass"],
      ["p/b", "pass"],
      ["p", "error"],
    ],
  );
});

t.test("how the program ended", async (t) => {
  const own = (output: string, exitCode?: number) => resultsOf("p", ended(output, exitCode)).at(-1);
  t.match(own("", 0), { id: "p", outcome: "pass" }, "nothing but an exit status");
  t.match(own("", 1), { outcome: "fail", reason: /exits with 1/ });
  t.match(own("", 4), { outcome: "skip" });
  t.match(own("1..1\nnot ok 1 a\n", 1), { outcome: "pass" }, "its failure is told already");
  t.match(own("1..1\nnot ok 1 a\n", 0), { outcome: "error", reason: /although 1 failed/ });
  t.match(own("1..3\nok 1 a\n", 0), { outcome: "error", reason: /1 results where 3/ }, "cut off");
  t.match(own("1..1\nok 1 a\n", 1), { outcome: "fail" }, "a failure that has no name");
  const crashed = endedRun("1..2\nok 1 a\n", { exitCode: undefined, signal: 11 });
  t.match(resultsOf("p", crashed), [
    { id: "p/a", outcome: "pass" },
    { id: "p", outcome: "crash", reason: "killed by SIGSEGV" },
  ]);
});
