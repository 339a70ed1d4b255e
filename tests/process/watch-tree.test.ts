import fs, { mkdirSync, renameSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import t, { type Test } from "tap";
import { watchTree } from "../../harness/process/watch-tree.ts";

/** Watches until the test is over; `count` is how often a change has been told by now. */
async function counting(t: Test, top: string) {
  const { onChange, close } = await watchTree(top);
  t.teardown(close);
  let count = 0;
  onChange(() => count++);
  return { count: () => count, close };
}

/** How often a change is told within a second after `act`. */
async function told(t: Test, top: string, act: () => void | Promise<void>): Promise<number> {
  const { count, close } = await counting(t, top);
  await act();
  await sleep(1000);
  close();
  return count();
}

const tree = () => ({ mm: { "memory.c": "int a;\n", sub: { "x.c": "" } }, ".git": { index: "" } });

t.test("a save is told once, however the editor does it", async (t) => {
  const top = t.testdir(tree());
  const file = join(top, "mm", "memory.c");
  t.equal(await told(t, top, () => writeFileSync(file, "int b;\n")), 1, "written in place");
  const byRename = () => {
    writeFileSync(join(top, "mm", ".memory.c.swp"), "");
    writeFileSync(join(top, "mm", "4913"), "");
    rmSync(join(top, "mm", "4913"));
    renameSync(file, `${file}~`);
    writeFileSync(join(top, "mm", "new"), "int c;\n");
    renameSync(join(top, "mm", "new"), file);
  };
  t.equal(await told(t, top, byRename), 1, "by a backup and a rename");
});

t.test("a burst is told when it is over", async (t) => {
  const top = t.testdir(tree());
  const burst = async () => {
    for (let i = 0; i < 10; i++) {
      writeFileSync(join(top, "mm", "sub", `f${i}.c`), "x");
      await sleep(50);
    }
  };
  t.equal(await told(t, top, burst), 1);
});

t.test("what only passes by is not told", async (t) => {
  const top = t.testdir(tree());
  const passing = () => {
    writeFileSync(join(top, "mm", ".memory.c.swp"), "x");
    writeFileSync(join(top, "mm", "memory.c~"), "x");
    writeFileSync(join(top, "mm", "#memory.c#"), "x");
    writeFileSync(join(top, "mm", "memory.o"), "x");
    writeFileSync(join(top, ".git", "index"), "x");
  };
  t.equal(await told(t, top, passing), 0);
});

t.test("directories that are new are watched, those that go are no harm", async (t) => {
  const top = t.testdir(tree());
  const { count } = await counting(t, top);
  mkdirSync(join(top, "fs", "deep"), { recursive: true });
  await sleep(600);
  t.equal(count(), 1);
  writeFileSync(join(top, "fs", "deep", "y.c"), "x");
  await sleep(600);
  t.equal(count(), 2);
  rmSync(join(top, "fs"), { recursive: true });
  await sleep(600);
  t.equal(count(), 3);
});

t.test("directories that come and go at once are no harm", async (t) => {
  const top = t.testdir(tree());
  const comeAndGo = async () => {
    const until = Date.now() + 1500;
    for (let i = 0; Date.now() < until; i++) {
      mkdirSync(join(top, "mm", `d${i % 7}`));
      // Seen while it is there, looked at when it is gone; and the other way round.
      if (i % 3 > 0) await sleep(0);
      rmdirSync(join(top, "mm", `d${i % 7}`));
      if (i % 5 === 0) await sleep(1);
    }
  };
  t.ok(await told(t, top, comeAndGo));
});

t.test("a directory that is made anew is watched anew", async (t) => {
  const top = t.testdir(tree());
  const { count } = await counting(t, top);
  const sub = join(top, "mm", "sub");
  rmSync(join(top, "mm"), { recursive: true });
  mkdirSync(sub, { recursive: true });
  await sleep(600);
  rmSync(sub, { recursive: true });
  await sleep(600);
  mkdirSync(sub);
  await sleep(600);
  t.equal(count(), 3);
  writeFileSync(join(sub, "x.c"), "x");
  await sleep(600);
  t.equal(count(), 4);
});

t.test("a directory that can't be watched is told, with what to do", async (t) => {
  const top = t.testdir(tree());
  let code = "";
  const refuse = (path: string, listener: fs.WatchListener<string>) => {
    if (code === "") return fs.watch(path, listener);
    throw Object.assign(new Error(`${code}: no more of them, watch '${path}'`), { code });
  };
  const { watchTree: watchRefused } = await t.mockImport<
    typeof import("../../harness/process/watch-tree.ts")
  >("../../harness/process/watch-tree.ts", { "node:fs": { ...fs, watch: refuse } });
  const failure = async (refusal: string) => {
    code = "";
    const watched = await watchRefused(top);
    code = refusal;
    const told = new Promise<Error>((resolve) => watched.onFailure(resolve));
    mkdirSync(join(top, `fs-${refusal}`));
    const error = await told;
    watched.close();
    return error;
  };
  t.match(await failure("ENOSPC"), {
    name: "HarnessError",
    exitCode: 128,
    message: /fs-ENOSPC can't be watched: ENOSPC: .*fs\.inotify\.max_user_watches=/,
  });
  t.match(await failure("EMFILE"), { message: /fs\.inotify\.max_user_instances=/ });
  t.match(await failure("EIO"), { message: /Run without --watch/ });
  await t.rejects(watchRefused(top), { name: "HarnessError", exitCode: 128 });
});

t.test("a link to a directory is not followed, so no circle either", async (t) => {
  const top = t.testdir(tree());
  symlinkSync(top, join(top, "mm", "circle"));
  t.equal(await told(t, top, () => writeFileSync(join(top, "mm", "z.c"), "x")), 1);
});
