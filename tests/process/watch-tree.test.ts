import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import t, { type Test } from "tap";
import { watchTree } from "../../harness/process/watch-tree.ts";

/** How often a change is told within a second after `act`. */
async function told(t: Test, top: string, act: () => void | Promise<void>): Promise<number> {
  const tree = await watchTree(top);
  t.teardown(() => tree.close());
  let count = 0;
  tree.onChange(() => count++);
  await act();
  await sleep(1000);
  tree.close();
  return count;
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
  const watched = await watchTree(top);
  let count = 0;
  watched.onChange(() => count++);
  t.teardown(() => watched.close());
  mkdirSync(join(top, "fs", "deep"), { recursive: true });
  await sleep(600);
  t.equal(count, 1);
  writeFileSync(join(top, "fs", "deep", "y.c"), "x");
  await sleep(600);
  t.equal(count, 2);
  rmSync(join(top, "fs"), { recursive: true });
  await sleep(600);
  t.equal(count, 3);
});

t.test("a link to a directory is not followed, so no circle either", async (t) => {
  const top = t.testdir(tree());
  symlinkSync(top, join(top, "mm", "circle"));
  t.equal(await told(t, top, () => writeFileSync(join(top, "mm", "z.c"), "x")), 1);
});
