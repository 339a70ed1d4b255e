// Runs held against runs: compare, baselines, shards and the matrix, on real kernels.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { exactly } from "../exactly.ts";
import { dataFile, latestRun, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const broken = ["--series", dataFile("swap-form-unrecognised.mbox")];
const some = ["--case", "shmem-private/swap/madv-dontneed", "--case", "anon/present/write"];
const red = "shmem-private/swap/madv-dontneed";

t.test("a planted fault is worse than the kernel without, and no news to itself", async (t) => {
  const results = t.testdir();
  const run = (...args: string[]) => uffdwp(["run", ...some, "--results", results, ...args]);
  const compare = async (from: string, to: string) => {
    const args = ["compare", from, to, "--results", results, "--json"];
    const { exitCode, stdout } = await uffdwp(args);
    return { exitCode, ...JSON.parse(stdout) };
  };
  t.equal((await run()).exitCode, 0);
  const good = latestRun(results).id;
  t.equal((await run(...broken, "--baseline", "latest")).exitCode, 1, "a baseline without it");
  const bad = latestRun(results).id;
  t.match(await compare(good, bad), {
    exitCode: 1,
    better: exactly([]),
    new: exactly([]),
    gone: exactly([]),
    flaky: exactly([]),
    worse: exactly([{ case: red, from: "ok", to: "regression" }]),
  });
  t.match(await compare(bad, good), {
    exitCode: 0,
    worse: exactly([]),
    better: exactly([{ case: red }]),
  });

  t.equal((await run(...broken, "--baseline", bad)).exitCode, 0, "a baseline with it");
  const excused = latestRun(results);
  t.match(excused, { status: "passed", baseline: { id: bad }, totals: { known: 1, ok: 1 } });
  t.match(await compare(bad, excused.id), { exitCode: 0, worse: exactly([]), better: exactly([]) });
  t.equal((await run(...broken, "--baseline", excused.id)).exitCode, 0, "a chain of baselines");
});

t.test("shards add up to the whole", async (t) => {
  const results = t.testdir();
  for (const shard of ["1/2", "2/2"]) {
    const args = ["run", ...some, "--shard", shard, "--results", join(results, shard.slice(0, 1))];
    t.equal((await uffdwp(args)).exitCode, 0);
  }
  const shards = ["1", "2"].map((name) => join(results, name, "latest"));
  const merged = join(results, "merged");
  const { exitCode, stdout } = await uffdwp(["merge", ...shards, "--results", merged]);
  t.equal(exitCode, 0);
  t.match(stdout, /PASSED {2}2 as expected/);
  const run = latestRun(merged);
  t.same(run.guests.map(({ number }) => number).sort(), [0, 1]);
  for (const { guest } of run.cases) {
    const log = join(merged, "latest", `guest-${guest}`, "console.log");
    t.match(readFileSync(log, "utf8"), /uffdwp: begin/);
  }
  t.equal((await uffdwp(["merge", shards[0] ?? "", "--results", merged])).exitCode, 129);
});

t.test("a matrix judges each cell, and none of them twice", async (t) => {
  const series = JSON.stringify(broken[1]);
  const top = t.testdir({
    "m.yaml": `kernels:
  - debian:6.1
  - { name: broken, kernel: debian:6.1, series: [${series}] }
suites:
  some: { cases: [${red}] }
  more: { cases: [anon/present/write] }
exclude:
  - { kernel: broken, suite: more }
`,
  });
  const matrix = async () => {
    const args = ["matrix", join(top, "m.yaml"), "--results", join(top, "results"), "--json"];
    const { exitCode, stdout } = await uffdwp(args);
    const { cells } = JSON.parse(stdout) as { cells: Record<string, unknown>[] };
    return { exitCode, cells };
  };
  const first = await matrix();
  t.equal(first.exitCode, 1);
  t.match(
    first.cells,
    exactly([
      { kernel: "debian:6.1", kconfig: "plain", suite: "some", status: "passed", reused: false },
      { kernel: "debian:6.1", kconfig: "plain", suite: "more", status: "passed", reused: false },
      { kernel: "broken", kconfig: "plain", suite: "some", status: "failed", reused: false },
    ]),
  );
  const second = await matrix();
  t.same(
    second.cells,
    first.cells.map((cell) => ({ ...cell, reused: true })),
  );
  const folders = readdirSync(join(top, "results")).filter((name) => name.endsWith("matrix"));
  t.equal(folders.length, 2);
});
