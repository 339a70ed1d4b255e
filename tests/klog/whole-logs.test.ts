// Logs as people have them, read by the command.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { execa } from "execa";
import t from "tap";

const uffdwp = join(import.meta.dirname, "../../harness/uffdwp.js");
/** Consoles of guests in which all cases have passed, from the firmware to the end. */
const CLEAN = ["6.1", "6.12", "7.2"].map((release) =>
  join(import.meta.dirname, "data", `clean-${release}.txt`),
);

t.setTimeout(180_000);

t.test("nothing is found where nothing was wrong", async (t) => {
  for (const file of CLEAN) {
    const { stdout, exitCode } = await execa("node", [uffdwp, "parse", "klog", file, "--json"]);
    t.equal(exitCode, 0, file);
    t.same(JSON.parse(stdout), { findings: [] }, file);
  }
});

t.test("a log of 100 MB needs no memory for what is read already", async (t) => {
  const lines = CLEAN.map((file) => readFileSync(file, "utf8")).join("");
  const mebibyte = Buffer.from(lines.repeat(Math.ceil(2 ** 20 / lines.length)));
  const splat = "[ 9.0] BUG: Bad rss-counter state mm:00000000 type:MM_ANONPAGES val:1\n";
  const panic = "[ 9.9] Kernel panic - not syncing: VFS: Unable to mount root fs\n";
  function* log() {
    for (let i = 0; i < 100; i++) {
      if (i % 40 === 39) yield splat;
      yield mebibyte;
    }
    yield panic;
  }
  // A quarter more than the log: its text fits in, the lines of it do not.
  const node = ["--max-old-space-size=128", uffdwp, "parse", "klog", "-", "--json"];
  const { stdout, stderr } = await execa("node", node, {
    input: Readable.from(log()),
    reject: false,
  });
  t.equal(stderr, "");
  const perChunk = mebibyte.toString().split("\n").length - 1;
  t.match(JSON.parse(stdout).findings, [
    { title: "BUG: Bad rss-counter state", count: 2, line: 39 * perChunk + 1 },
    { title: /kernel panic: VFS/, count: 1, line: 100 * perChunk + 3 },
  ]);
});
