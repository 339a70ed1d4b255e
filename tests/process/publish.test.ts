import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { publishDirectory, publishFile } from "../../harness/process/publish.ts";

t.test("a directory appears whole", async (t) => {
  const target = join(t.testdir(), "target");
  await publishDirectory(target, async (temporary) => {
    writeFileSync(join(temporary, "a"), "1");
    t.throws(() => readdirSync(target), "not there before it is whole");
  });
  t.equal(readFileSync(join(target, "a"), "utf8"), "1");
});

t.test("a failure leaves nothing", async (t) => {
  const parent = t.testdir();
  const fails = publishDirectory(join(parent, "target"), async (temporary) => {
    writeFileSync(join(temporary, "half"), "");
    throw new Error("no space");
  });
  await t.rejects(fails, { message: "no space" });
  t.same(readdirSync(parent), []);
});

t.test("who comes second finds the first one's and leaves it alone", async (t) => {
  const parent = t.testdir();
  const target = join(parent, "target");
  await publishDirectory(target, async (temporary) => {
    writeFileSync(join(temporary, "mine"), "");
    mkdirSync(target);
    writeFileSync(join(target, "theirs"), "");
  });
  t.same(readdirSync(target), ["theirs"]);
  t.same(readdirSync(parent), ["target"]);
});

t.test("a file is replaced whole, and a failure leaves the old one and nothing else", async (t) => {
  const parent = t.testdir({ file: "old" });
  await publishFile(join(parent, "file"), "new");
  t.equal(readFileSync(join(parent, "file"), "utf8"), "new");
  mkdirSync(join(parent, "taken", "full"), { recursive: true });
  await t.rejects(publishFile(join(parent, "taken"), "x"));
  t.same(readdirSync(parent).sort(), ["file", "taken"]);
});
