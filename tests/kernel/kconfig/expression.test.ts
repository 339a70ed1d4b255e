import t from "tap";
import { missingFor } from "../../../harness/kernel/kconfig/expression.ts";

const options: Record<string, string> = { A: "y", M: "m", N: "n", S: "text", I: "7" };
const missing = (expression: string) => missingFor(expression, (name) => options[name] ?? "n");

t.test("what holds lacks nothing", async (t) => {
  for (const expression of ["A", "A && M", "N || A", "!N", "(N || A) && !N", 'S="text"', "I > 5"]) {
    t.same(missing(expression), [], expression);
  }
});

t.test("what does not hold names what would have to change", async (t) => {
  t.same(missing("N"), ["N"]);
  t.same(missing("A && N && X"), ["N", "X"]);
  t.same(missing("N || X"), ["N", "X"]);
  t.same(missing("!A"), ["!A"]);
  t.same(missing("A && !(A || N)"), ["!(A||N)"]);
  t.same(missing("A = m"), ["A=m"]);
});

t.test("the toolchain's answers are not for us to judge", async (t) => {
  t.same(missing("$(cc-option,-fzero-call-used-regs)"), []);
});
