import { join } from "node:path";
import t from "tap";
import { openConsoleLog } from "../../harness/guest/console-log.ts";

t.test(
  "findings are taken in the middle of a line, and the line is still read whole",
  async (t) => {
    const log = openConsoleLog(join(t.testdir(), "console.log"));
    log.write(Buffer.from("[    5.0] uffdwp: end 1\r\n[    5.2] BU"));
    t.same(log.takeFindings(), []);
    log.write(
      Buffer.from("G: Bad rss-counter state mm:00000000a5a5a5a5 type:MM_FILEPAGES val:3\r\n"),
    );
    t.match(log.takeFindings(), [{ title: "BUG: Bad rss-counter state", line: 2, endLine: 2 }]);
    await log.close();
  },
);

t.test("the last line of a guest that is gone needs no end", async (t) => {
  const log = openConsoleLog(join(t.testdir(), "console.log"));
  log.write(Buffer.from("[    5.2] Kernel panic - not syncing: Attempted to kill init!"));
  t.same(log.takeFindings(), []);
  await log.close();
  t.match(log.takeFindings(), [{ title: "kernel panic: Attempted to kill init!", line: 1 }]);
});
