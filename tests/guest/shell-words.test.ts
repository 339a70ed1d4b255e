import { execFileSync } from "node:child_process";
import fc from "fast-check";
import t from "tap";
import { splitShellWords } from "../../harness/guest/shell-words.ts";

t.test("words are split as a shell does", async (t) => {
  t.same(splitShellWords(`a 'b c' "d \\"e\\"" f\\ g x'y'"z"  ''`), [
    "a",
    "b c",
    'd "e"',
    "f g",
    "xyz",
    "",
  ]);
  t.same(splitShellWords("  "), []);
});

t.test("what Python's shlex quotes comes back", async (t) => {
  const words = [
    "-append",
    "console=ttyS0 init=/bin/sh -- -c 'x'",
    "",
    'a"b',
    "$HOME",
    "back\\slash",
  ];
  const script = "import shlex, sys; print(shlex.join(sys.argv[1:]), end='')";
  t.same(
    splitShellWords(execFileSync("python3", ["-c", script, ...words], { encoding: "utf8" })),
    words,
  );
});

t.test("single quotes keep everything", async () => {
  const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
  fc.assert(
    fc.property(fc.array(fc.string()), (words) => {
      const back = splitShellWords(words.map(quote).join(" "));
      return JSON.stringify(back) === JSON.stringify(words);
    }),
  );
});
