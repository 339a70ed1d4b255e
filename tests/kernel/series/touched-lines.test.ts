import t from "tap";
import { patchFacts } from "../../../harness/kernel/series/touched-lines.ts";

const patch = (text: string) => ({ subject: "s", kind: "diff" as const, strip: 1, text });
const diff = (file: string, ...hunks: string[]) =>
  patch(`--- a/${file}\n+++ b/${file}\n${hunks.map((hunk) => `@@ ${hunk} @@ fn()\n`).join("")}`);

t.test("hunks are lines of the patched file", async (t) => {
  const [facts] = patchFacts([diff("mm/memory.c", "-10,6 +10,9", "-50 +53,2")]);
  t.match(facts?.touches, [
    { file: "mm/memory.c", from: 10, to: 18 },
    { file: "mm/memory.c", from: 53, to: 54 },
  ]);
  t.match(facts?.sha256, /^[0-9a-f]{64}$/);
});

t.test("later patches move what stands below them, in the same file only", async (t) => {
  const [first] = patchFacts([
    diff("mm/memory.c", "-100,3 +100,4"),
    diff("mm/memory.c", "-10,6 +10,16", "-200,5 +210,0"),
    diff("mm/swap.c", "-1,1 +1,50"),
  ]);
  t.same(first?.touches, [{ file: "mm/memory.c", from: 110, to: 113 }]);
});

t.test("a file that goes leaves no lines", async (t) => {
  const [facts] = patchFacts([patch("--- a/x.c\n+++ /dev/null\n@@ -1,3 +0,0 @@\n")]);
  t.same(facts?.touches, []);
});
