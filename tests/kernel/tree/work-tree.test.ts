import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { checkOut, openWorkTree, snapshot } from "../../../harness/kernel/tree/work-tree.ts";

function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" }).trim();
}

function userTree(t: Test) {
  const top = t.testdir({ cache: {}, linux: { Makefile: "v1\n", "a.c": "int a;\n", "b.c": "" } });
  const linux = join(top, "linux");
  git(linux, "init", "--quiet");
  writeFileSync(join(linux, ".gitignore"), "*.o\n");
  git(linux, "add", ".");
  git(linux, "commit", "--quiet", "-m", "one");
  process.env.UFFDWP_CACHE = join(top, "cache");
  return linux;
}

t.test("a snapshot holds uncommitted edits and new files, not what is ignored", async (t) => {
  const linux = userTree(t);
  writeFileSync(join(linux, "a.c"), "int edited;\n");
  writeFileSync(join(linux, "new.c"), "int new;\n");
  writeFileSync(join(linux, "junk.o"), "");
  const before = git(linux, "status", "--porcelain=v2");
  const objects = git(linux, "count-objects");
  const tree = await openWorkTree("linux");
  const sha = await snapshot(tree, linux);
  await checkOut(tree, sha);
  t.equal(readFileSync(join(tree.src, "a.c"), "utf8"), "int edited;\n");
  t.ok(existsSync(join(tree.src, "new.c")));
  t.notOk(existsSync(join(tree.src, "junk.o")));
  t.equal(git(linux, "status", "--porcelain=v2"), before, "their tree is as it was");
  t.equal(git(linux, "count-objects"), objects, "and nothing was written into it");
});

t.test(
  "the same content has the same hash, and files that don't differ keep their times",
  async (t) => {
    const linux = userTree(t);
    const tree = await openWorkTree("linux");
    const one = await snapshot(tree, linux);
    t.equal(await snapshot(tree, linux), one);
    await checkOut(tree, one);
    const time = statSync(join(tree.src, "b.c")).mtimeMs;
    writeFileSync(join(linux, "a.c"), "int changed;\n");
    const two = await snapshot(tree, linux);
    t.not(two, one);
    await checkOut(tree, two);
    t.equal(statSync(join(tree.src, "b.c")).mtimeMs, time);
    t.equal(readFileSync(join(tree.src, "a.c"), "utf8"), "int changed;\n");
  },
);
