import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import t from "tap";
import { isLocked, withLock } from "../../harness/process/lock.ts";
import { silent } from "../../harness/process/progress.ts";

t.test("who comes second waits, says so, and then goes on", async (t) => {
  const file = join(t.testdir(), "work", "lock");
  const order: string[] = [];
  const notes: string[] = [];
  const progress = { ...silent, note: (line: string) => notes.push(line) };
  let release = () => {};
  const first = withLock(file, silent, async () => {
    order.push("first");
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    order.push("first is done");
  });
  while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  const second = withLock(file, progress, async () => order.push("second"));
  while (notes.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  release();
  await Promise.all([first, second]);
  t.same(order, ["first", "first is done", "second"]);
  t.match(notes[0], /waiting for another uffdwp that works in work/);
});

t.test("a holder that is killed no longer holds it", async (t) => {
  const file = join(t.testdir(), "lock");
  const holder = spawn("flock", [file, "sh", "-c", "echo held; exec sleep 60"], {
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  await once(holder.stdout, "data");
  process.kill(-(holder.pid as number), "SIGKILL");
  t.equal(await withLock(file, silent, async () => "mine"), "mine");
});

t.test("it is free again after an error", async (t) => {
  const file = join(t.testdir(), "lock");
  const fails = withLock(file, silent, async () => {
    throw new Error("work failed");
  });
  await t.rejects(fails, { message: "work failed" });
  t.equal(await withLock(file, silent, async () => 1), 1);
});

t.test("who only asks whether it is held does not wait, and keeps nobody out", async (t) => {
  const file = join(t.testdir({ lock: "" }), "lock");
  t.equal(await isLocked(file), false);
  await withLock(file, silent, async () => t.equal(await isLocked(file), true));
  t.equal(await isLocked(file), false);
});

t.test("whoever releases several at once waits for all, with nothing else to do", async (t) => {
  const files = ["a", "b", "c", "d"].map((name) => join(t.testdir(), name));
  for (let round = 0; round < 5; round++) {
    const order = await Promise.all(files.map((file) => withLock(file, silent, async () => file)));
    t.same(order, files);
  }
});
