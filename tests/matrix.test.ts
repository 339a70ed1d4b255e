import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import t from "tap";
import * as errors from "../harness/errors.ts";
import type { KernelRequest } from "../harness/kernel/kernel.ts";
import type { Job } from "../harness/plan/job.ts";
import { cellName, cellsOf } from "../harness/plan/matrix.ts";
import { matrixSchema } from "../harness/plan/matrix-schema.ts";
import { silent } from "../harness/process/progress.ts";
import { deriveRun } from "../harness/record/derive-run.ts";
import type { MatrixCell, MatrixRecord } from "../harness/record/matrix-record.ts";
import { begin, end, events } from "./record/sample-journal.ts";

const FILE = "/etc/ci.yaml";
const view = { ...silent, verdict() {} };
const some = deriveRun([begin, ...events, end]);
const cells = cellsOf(matrixSchema.parse({ kernels: ["debian:6.1", "debian:6.12", "debian:7.2"] }));

interface Stage {
  build(kernel: string): Promise<void>;
  run(kernel: string): Promise<"passed" | "failed">;
}

/** What kernels and guests do in the test that runs. */
let stage: Stage;

const { runMatrix } = (await t.mockImport("../harness/matrix.ts", {
  "../harness/errors.ts": errors,
  "../harness/image/prepare.ts": { prepareImage: async () => ({ cases: [] }) },
  "../harness/kernel/prepare.ts": {
    prepareKernel: ({ kernel }: KernelRequest) => stage.build(kernel),
  },
  "../harness/run/run.ts": {
    async runJob({ kernel }: Job) {
      const status = await stage.run(kernel);
      return { run: { ...some, id: kernel, status }, directory: "" };
    },
  },
})) as typeof import("../harness/matrix.ts");

function matrixOn(on: Stage, results: string) {
  stage = on;
  return runMatrix({ file: FILE, cells, results, again: false }, view);
}

/** Builds at once, and tells in which order the cells are judged. */
async function orderOn(results: string, failing: readonly string[] = []) {
  const order: string[] = [];
  const on: Stage = {
    async build() {},
    async run(kernel) {
      order.push(kernel);
      return failing.includes(kernel) ? "failed" : "passed";
    },
  };
  await matrixOn(on, results);
  return order;
}

/** What an earlier matrix has left: a status a cell, in the order of the file. */
function leave(results: string, id: string, statuses: readonly MatrixCell["status"][]): void {
  const judged = cells.map(({ kernel, kconfig, suite }, i) => {
    const status = statuses[i] ?? "not-run";
    return { kernel, kconfig, suite, run: null, status, reused: false, reason: "" };
  });
  const times = { started: "2026-02-03T04:05:06.000Z", finished: null };
  const record: MatrixRecord = { schema: 1, id, file: FILE, ...times, cells: judged };
  mkdirSync(join(results, id), { recursive: true });
  writeFileSync(join(results, id, "matrix.json"), JSON.stringify(record));
}

t.test("one kernel is built while the cases run on another, and never two at once", async (t) => {
  const said: string[] = [];
  let building = 0;
  let allBuilt = () => {};
  const built = new Promise<void>((done) => {
    allBuilt = done;
  });
  const on: Stage = {
    async build(kernel) {
      building++;
      t.equal(building, 1, `${kernel} is built alone`);
      said.push(`${kernel} is built`);
      // Long enough for another build to begin, if one may.
      await delay(20);
      building--;
      if (kernel === cells.at(-1)?.kernel) allBuilt();
    },
    async run(kernel) {
      said.push(`${kernel} runs`);
      // Guests that take as long as all builds together; no build may wait for them.
      const patience = new AbortController();
      await Promise.race([built, delay(5000, undefined, patience)]);
      patience.abort();
      said.push(`${kernel} has run`);
      return "passed";
    },
  };
  const { record } = await matrixOn(on, t.testdir());
  t.same(
    said.filter((words) => /is built$/.test(words)),
    cells.map(({ kernel }) => `${kernel} is built`),
  );
  t.same(
    said.filter((words) => /runs?$/.test(words)),
    cells.flatMap(({ kernel }) => [`${kernel} runs`, `${kernel} has run`]),
  );
  const at = (words: string) => said.indexOf(words);
  t.ok(at("debian:6.12 is built") < at("debian:6.1 has run"), "a build waits for no guest");
  t.ok(at("debian:6.1 runs") < at("debian:7.2 is built"), "and guests wait for their kernel only");
  t.same(
    record.cells.map(({ status }) => status),
    ["passed", "passed", "passed"],
  );
});

t.test(
  "a cell runs no sooner than its kernel is built, also when an earlier one does not build",
  async (t) => {
    const said: string[] = [];
    const on: Stage = {
      async build(kernel) {
        await delay(5);
        said.push(`${kernel} is built`);
        if (kernel === "debian:6.1") throw new Error("it does not build");
      },
      async run(kernel) {
        said.push(`${kernel} runs`);
        return "passed";
      },
    };
    await matrixOn(on, t.testdir());
    for (const { kernel } of cells) {
      t.ok(said.indexOf(`${kernel} is built`) < said.indexOf(`${kernel} runs`), kernel);
    }
    t.equal(said.length, 2 * cells.length);
  },
);

t.test("what failed the last time comes first", async (t) => {
  const results = t.testdir();
  const usual = ["debian:6.1", "debian:6.12", "debian:7.2"];
  t.same(await orderOn(results, ["debian:7.2"]), usual);
  t.same(await orderOn(results), ["debian:7.2", "debian:6.1", "debian:6.12"]);
  t.same(await orderOn(results), usual, "and no longer once it has passed");
});

t.test("an interruption does not forget what had failed", async (t) => {
  const results = t.testdir();
  leave(results, "20260203T040506-matrix", ["passed", "failed", "failed"]);
  leave(results, "20260203T040507-matrix", ["interrupted", "passed", "not-run"]);
  t.same(await orderOn(results), ["debian:7.2", "debian:6.1", "debian:6.12"]);
});

t.test("a record that was cut short says nothing, and keeps no matrix from going on", async (t) => {
  const results = t.testdir();
  leave(results, "20260203T040506-matrix", ["passed", "failed", "passed"]);
  leave(results, "20260203T040507-matrix", ["failed", "passed", "passed"]);
  truncateSync(join(results, "20260203T040507-matrix", "matrix.json"), 40);
  t.same(await orderOn(results), ["debian:6.12", "debian:6.1", "debian:7.2"]);
});

t.test("after an interruption nothing else runs, and the record has what was judged", async (t) => {
  const on: Stage = {
    async build() {},
    async run(kernel) {
      if (kernel === "debian:6.12") throw new errors.InterruptedError("SIGINT");
      return "failed";
    },
  };
  const { record, error } = await matrixOn(on, t.testdir());
  t.ok(error instanceof errors.InterruptedError);
  t.equal(record.finished, null);
  t.same(
    record.cells.map((cell) => `${cellName(cell)} ${cell.status}`),
    [
      "debian:6.1 × plain × all failed",
      "debian:6.12 × plain × all interrupted",
      "debian:7.2 × plain × all not-run",
    ],
  );
});
