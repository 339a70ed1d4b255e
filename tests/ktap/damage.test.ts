// Whatever happens to a document on its way, reading it throws nothing and invents no pass.
import fc from "fast-check";
import t from "tap";
import { parseKtap } from "../../harness/ktap/parse.ts";
import { flatten, totalsOf } from "../../harness/ktap/totals.ts";

interface Test {
  readonly name: string;
  readonly ok: boolean;
  readonly kids: readonly Test[];
}

const names = fc.constantFrom("a", "b c", "wp-fork on shmem", "x{y}", "ok 2", "1..3");
const { tests } = fc.letrec<{ tests: Test[]; test: Test }>((tie) => ({
  test: fc.record({
    name: names,
    ok: fc.boolean(),
    kids: fc.oneof({ maxDepth: 3, withCrossShrink: true }, fc.constant([]), tie("tests")),
  }),
  tests: fc.array(tie("test"), { minLength: 1, maxLength: 3 }),
}));

const holds = ({ ok, kids }: Test): boolean => (kids.length === 0 ? ok : kids.every(holds));
const leaves = (all: readonly Test[]): Test[] =>
  all.flatMap((one) => (one.kids.length === 0 ? [one] : leaves(one.kids)));

/** KTAP nests by indent; the kselftest runner by hashes. */
function render(all: readonly Test[], nest: string, before = ""): string[] {
  const results = all.flatMap((test, index) => {
    const own = `${before}${holds(test) ? "ok" : "not ok"} ${index + 1} ${test.name}`;
    return test.kids.length === 0 ? [own] : [...render(test.kids, nest, before + nest), own];
  });
  return [`${before}KTAP version 1`, `${before}1..${all.length}`, ...results];
}

const document = fc
  .tuple(tests, fc.constantFrom("  ", "    ", "\t", "# "))
  .map(([all, nest]) => ({ all, lines: render(all, nest) }));

t.test("a whole document is read as it was written", async () => {
  fc.assert(
    fc.property(document, ({ all, lines }) => {
      const read = parseKtap(lines.join("\n"));
      const { pass, fail, lost } = totalsOf(read);
      const failed = leaves(all).filter(({ ok }) => !ok).length;
      return lost === 0 && fail === failed && pass + fail === leaves(all).length;
    }),
  );
});

t.test("a document that is cut between two lines is never a pass", async () => {
  fc.assert(
    fc.property(document, fc.nat(), ({ lines }, at) => {
      const { fail, lost } = totalsOf(
        parseKtap(lines.slice(0, 1 + (at % lines.length)).join("\n")),
      );
      return at % lines.length === lines.length - 1 || fail + lost > 0;
    }),
  );
});

t.test("a document with one result in another's place is never a pass", async (t) => {
  const place = (line: string) => /^([#\s]*)(?:not )?ok (\d+) /.exec(line);
  fc.assert(
    fc.property(document, fc.nat(), fc.nat(), ({ lines }, from, to) => {
      const results = lines.flatMap((line, at) => (place(line) ? [at] : []));
      const [here = 0, there = 0] = [from, to].map((at) => results[at % results.length]);
      const [before, after] = [lines[here] ?? "", lines[there] ?? ""];
      const [, indent, number] = place(before) ?? [];
      const [, indentAfter, numberAfter] = place(after) ?? [];
      fc.pre(indent === indentAfter && number !== numberAfter);
      const { fail, lost } = totalsOf(parseKtap(lines.with(here, after).join("\n")));
      return fail + lost > 0;
    }),
  );
  t.pass();
});

/** Bytes cut out, doubled, put elsewhere, or replaced by what consoles and kernels say. */
const damage = fc.record({
  from: fc.nat(),
  to: fc.nat(),
  at: fc.nat(),
  instead: fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "",
      "[    1.2] BUG: ",
      "\r\n",
      "\0",
      "\u001b[1m",
      "  ---\n",
      "{\n",
      "}\n",
      "Bail out!",
    ),
  ),
});

t.test("a damaged document throws nothing, and has no more results than its lines", async () => {
  fc.assert(
    fc.property(
      fc.array(document, { maxLength: 2 }),
      fc.array(damage, { maxLength: 6 }),
      (all, done) => {
        let text = all.map(({ lines }) => lines.join("\n")).join("\n");
        for (const { from, to, at, instead } of done) {
          const [first = 0, last = 0] = [from, to]
            .map((one) => one % (text.length + 1))
            .sort((a, b) => a - b);
          const spliced = text.slice(first, last);
          text = text.slice(0, first) + instead + text.slice(last);
          const place = at % (text.length + 1);
          text = at % 2 === 0 ? text : text.slice(0, place) + spliced + text.slice(place);
        }
        const read = parseKtap(text);
        const results = flatten(read.results).length;
        const said = text.split("\n").filter((line) => /ok|Testing/.test(line)).length;
        return results <= said && read.lost >= 0 && Number.isSafeInteger(read.lost);
      },
    ),
    { numRuns: 300 },
  );
});

t.test("a staircase of indents is read as well", async (t) => {
  const steps = Array.from({ length: 3000 }, (_, step) => " ".repeat(step));
  const down = steps.map((indent) => `${indent}1..1`);
  const up = steps.reverse().map((indent) => `${indent}ok 1 x`);
  t.doesNotThrow(() => flatten(parseKtap([...down, ...up].join("\n")).results));
});
