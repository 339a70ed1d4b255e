// A case may print a mebibyte in one line, and whatever it likes: reading it must not stop the harness.
import t from "tap";
import { parseKtap } from "../../harness/ktap/parse.ts";
import { flatten, totalsOf } from "../../harness/ktap/totals.ts";
import { outcomeOf } from "../../harness/session/case-outcome.ts";
import { resultsOf } from "../../harness/session/program-outcome.ts";
import { endedRun } from "../session/ended-run.ts";

const MEBIBYTE = 1024 * 1024;
/** What is not linear takes many minutes; what is, a second, and some more on a busy machine. */
const LIMIT_MS = 60_000;

t.setTimeout(30 * LIMIT_MS);

const fill = (text: string) => text.repeat(MEBIBYTE / text.length);

t.test("a line of a mebibyte is read in time, whatever is in it", async (t) => {
  const lines = {
    "blanks before no brace": `ok 1 a${fill(" ")}b`,
    "blanks behind a directive": `ok 1 # SKIP a${fill("\t")}b`,
    "blanks before a brace": `ok 1 a${fill(" ")}{`,
    "braces and blanks": `ok 1 a${fill(" {")}b`,
    "comments that are no directives": `ok 1 a${fill(" #")}b`,
    "a reason in parentheses that never end": `ok 1 # SKIP a (${fill("a ")}`,
    "reasons in parentheses": `ok 1 # SKIP a${fill(" (a b")})`,
    "an old result without an end": `Testing a${fill("... done [reason: ")}`,
    "old results without a status": `Testing ${fill("... ")}`,
    "hashes and a separator of lines": `${fill("# ")}a\u2028b`,
    "blanks and a separator of lines": `1..2 #${fill(" ")}a\u2028b`,
    "a control sequence without an end": `ok 1 \u001b${fill(";#")}!`,
    "operating system commands without an end": `ok 1 ${fill("\u001b];a")}`,
    "dots and dashes": `ok 1 a${fill(". ")}b`,
    "a number of a million digits": `ok ${fill("1")}x`,
    "a plan of a million digits": `1..${fill("1")}x`,
    "a YAML block that begins with blanks": `ok 1 a\n${fill(" ")}---`,
  };
  for (const [what, line] of Object.entries(lines)) {
    for (const before of ["", "# [RUN] r\n", "#      SKIP      r\n"]) {
      const begun = performance.now();
      resultsOf("p", endedRun(before + line));
      outcomeOf("a", endedRun(before + line));
      t.ok(performance.now() - begun < LIMIT_MS, `${what}, ${JSON.stringify(before)}`);
    }
  }
});

t.test("a mebibyte of lines is read in time", async (t) => {
  for (const [what, text] of Object.entries({
    "results below none": `1..1\n${fill(" ok\n")}`,
    "results below one": `1..1\n${fill(" ok\n")}ok 1 a\n`,
    "results indented twice": `  1..1\n${fill("    ok\n")}ok 1 a\n`,
    "plans that contradict": fill("1..1\n1..2\n"),
    "subtests that never come": fill("# Subtest: a\n 1..1\n"),
    "braces that never close": fill("ok 1 a {\n"),
  })) {
    const begun = performance.now();
    t.doesNotThrow(() => flatten(parseKtap(text).results), what);
    t.ok(performance.now() - begun < LIMIT_MS, what);
  }
});

t.test("what is said of a document stays short, and tells what it leaves out", async (t) => {
  const { errors, lost } = parseKtap(fill("1..1\n1..2\n"));
  t.ok(lost > 100_000, "all of them count");
  t.ok(errors.length <= 101);
  t.match(errors.at(-1), /^and \d+ more$/);
});

t.test("a name, a reason and a comment are cut, and say so", async (t) => {
  const long = "x".repeat(5000);
  const [result] = parseKtap(`# ${long}\nok 1 ${long} # SKIP ${long}\n`).results;
  t.match(result, { directive: "skip" }, "a directive behind a long name still counts");
  for (const text of [result?.name, result?.reason, result?.diagnostics[0]]) {
    t.match(text, /^x+… \(\d+ more characters\)$/);
    t.ok((text ?? "").length < 1100);
  }
  t.match(totalsOf(parseKtap(`not ok 1 ${long}\n`)), { fail: 1 });
});
