import t from "tap";
import { printable } from "../../harness/process/printable.ts";

const ESC = String.fromCharCode(27);

t.test("of what a terminal obeys, nothing is left; of what it shows, everything", async (t) => {
  for (const [text, expected] of [
    ["mm: a fix\n\tof two lines", "mm: a fix\n\tof two lines"],
    [`${ESC}[31mred${ESC}[0m`, "red"],
    [`${ESC}]0;title\u0007after`, "after"],
    ["back\b\b\b\bover\r", "backover"],
    ["\u009b31mC1", "C1"],
    ["ümläut 日本 🙂", "ümläut 日本 🙂"],
    ["if (admin\u202e) } \u2066//", "if (admin) } //"],
  ] as const) {
    t.equal(printable(text), expected, JSON.stringify(text));
  }
});

t.test("a sequence that has no end hides nothing, and takes no time", async (t) => {
  t.equal(printable(`${ESC}]0;title\nok 1 a\n\u0007`), "]0;title\nok 1 a\n");
  t.equal(printable(`${ESC}[3`), "[3");
  t.equal(
    printable(`${ESC}ok${ESC}not ok`),
    "oknot ok",
    "an escape before a word takes none of it",
  );
  for (const text of [";#", "#;", "]8;;a", `${ESC}]`, `${ESC}[1;`, `${ESC}(`]) {
    const begun = performance.now();
    printable(`${ESC}${text.repeat((1024 * 1024) / text.length)}`);
    t.ok(performance.now() - begun < 5000, JSON.stringify(text));
  }
});
