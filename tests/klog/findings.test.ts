import t from "tap";
import { findingsOf } from "../../harness/klog/findings.ts";

const BAD_COUNTER = "[ 1.0] BUG: Bad rss-counter state mm:00000000 type:MM_ANONPAGES val:1\n";

t.test("the same once more is counted", async (t) => {
  t.match(await findingsOf([BAD_COUNTER.repeat(1000)]), [
    { title: "BUG: Bad rss-counter state", line: 1, endLine: 1, count: 1000 },
  ]);
});

t.test("what is different without end is cut off, and says so", async (t) => {
  const word = (at: number) => [...String(at)].map((digit) => "abcdefghij"[Number(digit)]).join("");
  const many = Array.from({ length: 1000 }, (_, at) => `[ 1.0] BUG: oddity ${word(at)}!`);
  const found = await findingsOf([many.join("\n")]);
  t.equal(found.length, 201);
  t.match(found.at(-1), { title: "more than 200 different findings", kind: "flood" });
  t.equal(
    found.reduce((sum, { count }) => sum + count, 0),
    1000,
  );
});

t.test(
  "a line without an end costs no memory, and the lines after it keep their numbers",
  async (t) => {
    function* log() {
      for (let at = 0; at < 200; at++) yield "x".repeat(100_000);
      yield `\n${BAD_COUNTER}`;
    }
    t.match(await findingsOf(log()), [{ title: "BUG: Bad rss-counter state", line: 2 }]);
  },
);

t.test("carriage returns, colours, NUL and bytes of no text are in nobody's way", async (t) => {
  const dirty = Buffer.concat([
    Buffer.from([0xff, 0xfe, 0x00, 0x0a]),
    Buffer.from(`\0\x1b[31m${BAD_COUNTER.trimEnd()}\x1b[0m\r\n`),
  ]);
  t.match(await findingsOf([dirty]), [{ title: "BUG: Bad rss-counter state", line: 2 }]);
});
