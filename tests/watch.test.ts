import { setTimeout as sleep } from "node:timers/promises";
import t, { type Test } from "tap";
import { HarnessError, InterruptedError } from "../harness/errors.ts";
import type { Job } from "../harness/plan/job.ts";
import type { RunView } from "../harness/run/recorded-run.ts";
import { countSaves } from "../harness/watch.ts";

/** A tree whose saves and failures the test makes. */
function handmadeTree() {
  let save = () => {};
  let fail = (_: HarnessError) => {};
  const saves = countSaves({
    onChange(listener) {
      save = listener;
    },
    onFailure(listener) {
      fail = listener;
    },
  });
  return { saves, save: () => save(), fail: (error: HarnessError) => fail(error) };
}

t.test("a save ends the round that it meets, and no later one", async (t) => {
  const { saves, save } = handmadeTree();
  const first = saves.next();
  t.notOk(first.aborted);
  save();
  t.match(first, { aborted: true, reason: { name: "SupersededError" } });
  t.notOk(saves.next().aborted);
});

t.test("a tree that can't be watched any more ends the round and the loop", async (t) => {
  const { saves, fail } = handmadeTree();
  const first = saves.next();
  const error = new HarnessError("mm can't be watched.");
  fail(error);
  t.equal(first.reason, error);
  t.throws(() => saves.next(), error);

  const later = handmadeTree();
  later.saves.next();
  later.save();
  later.fail(error);
  t.throws(() => later.saves.next(), error, "a save before it does not hide it");
});

/** What ends a watch of which the only run is told by `tell`, with a way to stop the harness. */
async function endOfWatch(t: Test, tell: (stop: () => void) => void): Promise<unknown> {
  const controller = new AbortController();
  const { watchAndRun } = (await t.mockImport("../harness/watch.ts", {
    "../harness/process/interruption.ts": { interruption: { signal: controller.signal } },
    "../harness/run/run.ts": { runJob: async () => ({ run: { cases: [] }, directory: "" }) },
  })) as typeof import("../harness/watch.ts");
  const view: RunView = { note() {}, status() {}, verdict() {} };
  const job = { kernel: t.testdir({ Makefile: "", Kconfig: "", kernel: {} }), cache: true } as Job;
  const stop = () => controller.abort(new InterruptedError("SIGINT"));
  const end = watchAndRun(job, view, async () => tell(stop)).catch((error: Error) => error);
  return Promise.race([end, sleep(2000, "still waiting for a save", { ref: false })]);
}

t.test("who is stopped does not wait for a save", async (t) => {
  const stopped = { name: "InterruptedError", exitCode: 130 };
  t.match(await endOfWatch(t, (stop) => stop()), stopped, "while a run is told");
  t.match(await endOfWatch(t, (stop) => setTimeout(stop, 50)), stopped, "while it waits");
});
