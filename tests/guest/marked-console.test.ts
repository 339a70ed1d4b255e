import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t, { type Test } from "tap";
import { openMarkedConsole } from "../../harness/guest/marked-console.ts";

const warning = (name: string) => `[    3.4] ------------[ cut here ]------------\r
[    3.4] WARNING: CPU: 0 PID: 52 at mm/memory.c:1 ${name}+0x5f3/0x9a0\r
[    3.4] RIP: 0010:${name}+0x5f3/0x9a0\r
[    3.4] ---[ end trace 0000000000000000 ]---\r
`;
const mark = (text: string) => `[    3.5] uffdwp: ${text}\r\n`;

function open(t: Test) {
  const path = join(t.testdir(), "console.log");
  const console = openMarkedConsole(path);
  t.teardown(() => console.close());
  const titles = () => {
    const { before, during, after } = console.takeFindings();
    return [before, during, after].map((some) => some.map(({ title }) => title));
  };
  return { path, console, titles, say: (text: string) => console.write(Buffer.from(text)) };
}

t.test(
  "findings belong to where they stand among a case's marks, however the bytes are cut",
  async (t) => {
    const log = Buffer.from(
      warning("one") + mark("begin 1 a/b/c") + warning("two") + mark("end 1") + warning("three"),
    );
    const placed = (size: number) => {
      const { console, titles } = open(t);
      console.expect(1);
      for (let at = 0; at < log.length; at += size) console.write(log.subarray(at, at + size));
      return JSON.stringify(titles());
    };
    const whole = placed(log.length);
    t.equal(whole, '[["WARNING in one"],["WARNING in two"],["WARNING in three"]]');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (size) => placed(size) === whole),
      { numRuns: 30 },
    );
  },
);

t.test("what the boot says ends at its own mark", async (t) => {
  const { console, say, titles } = open(t);
  say(warning("start_kernel"));
  t.notOk(await console.sees("end", 10));
  setTimeout(() => say(mark("end 0")), 10);
  t.ok(await console.sees("end", 10_000));
  t.same(titles(), [[], ["WARNING in start_kernel"], []]);
  say(warning("idle"));
  console.expect(1);
  say(mark("begin 1 a/b/c"));
  t.same(titles(), [["WARNING in idle"], [], []], "and this is no case's, wherever it is read");
});

t.test("marks of other cases, and those that a case makes again, say nothing", async (t) => {
  const { console, say, titles } = open(t);
  console.expect(12);
  say(mark("begin 1") + mark("end 1") + mark("end 120"));
  t.notOk(console.hasSeen("begin") || console.hasSeen("end"));
  say(mark("begin 12") + mark("end 12") + mark("begin 12") + warning("late"));
  t.same(titles(), [[], [], ["WARNING in late"]]);
});

t.test("the last mark is found again in the file", async (t) => {
  const { path, console, say } = open(t);
  say(`no mark\r\n${mark("end 0")}`);
  console.expect(1);
  say(`half a li${mark("begin 1 a/b/c")}more\r\n`);
  const { text, line } = console.lastMark();
  t.match({ text, line }, { text: "uffdwp: begin 1", line: 3 });
  await console.close();
  t.match(readFileSync(path, "utf8").split("\n")[line - 1], text);
});
