// Runs held against runs: compare, baselines, shards and the matrix, on real kernels.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { MatrixRecord } from "../../harness/record/matrix-record.ts";
import { exactly } from "../exactly.ts";
import { dataFile, latestRun, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const broken = ["--series", dataFile("swap-form-unrecognised.mbox")];
const some = ["--case", "shmem-private/swap/madv-dontneed", "--case", "anon/present/write"];
const red = "shmem-private/swap/madv-dontneed";
const green = "anon/present/write";

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

t.test("a matrix judges each cell, none of them twice, and what failed first", async (t) => {
  const series = JSON.stringify(broken[1]);
  const top = t.testdir({
    "m.yaml": `kernels:
  - debian:6.1
  - { name: broken, kernel: debian:6.1, series: [${series}] }
suites:
  some: { cases: [${red}] }
  more: { cases: [${green}] }
exclude:
  - { kernel: broken, suite: more }
`,
  });
  const results = join(top, "results");
  const matrix = async () => {
    const args = ["matrix", join(top, "m.yaml"), "--results", results, "--json"];
    const { exitCode, stdout, stderr } = await uffdwp(args);
    const record = JSON.parse(stdout) as MatrixRecord;
    const order = [...stderr.matchAll(/^(\S+) × plain × (\w+)$/gm)].map(
      ([, kernel, suite]) => `${kernel} ${suite}`,
    );
    return { exitCode, ...record, order };
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
  t.same(first.order, ["debian:6.1 some", "debian:6.1 more", "broken some"]);
  const second = await matrix();
  t.same(
    second.cells,
    first.cells.map((cell) => ({ ...cell, reused: true })),
  );

  // Somebody clears up: one cell is no longer known to have been judged.
  rmSync(join(results, first.cells[2]?.run ?? ""), { recursive: true });
  const third = await matrix();
  t.match(third.cells, [
    { run: first.cells[0]?.run, reused: true },
    { run: first.cells[1]?.run, reused: true },
    { kernel: "broken", status: "failed", reused: false },
  ]);
  t.same(third.order, ["broken some", "debian:6.1 some", "debian:6.1 more"]);

  const [some, more, ofBroken] = third.cells.map(({ run }) => run as string);
  const page = readFileSync(join(results, third.id, "report.html"), "utf8");
  const [, all = ""] = page.split('<h2 id="results">');
  const columns = [...all.matchAll(/<th scope="col">([^<]*)<br ?\/?>([^<]*)/g)];
  t.same(
    columns.map(([, kernel, kconfig]) => `${kernel} ${kconfig}`),
    ["debian:6.1 plain", "broken plain"],
  );
  const rows = all.split('<th scope="row"').slice(1);
  t.same(
    rows.map((row) => [
      />([^<]*)<\/th>/.exec(row)?.[1],
      ...row
        .split("<td>")
        .slice(1)
        .map((cell) => /href="\.\.\/([^/]+)/.exec(cell)?.[1]),
    ]),
    [
      [red, some, ofBroken],
      [green, more, undefined],
    ],
    "a row a case, a column a kernel, each mark of that kernel's run",
  );
  for (const [, file = "", anchor] of page.matchAll(/href="\.\.\/([^"#]+)(?:#([^"]+))?"/g)) {
    const text = readFileSync(join(results, file), "utf8");
    if (anchor) t.ok(text.includes(`id="${anchor}"`), `${file} has ${anchor}`);
  }
});
