import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { UntestableKernelError } from "../../../harness/errors.ts";
import { applySeries } from "../../../harness/kernel/series/apply.ts";
import { loadSeries } from "../../../harness/kernel/series/load.ts";
import { checkOut, openWorkTree, snapshot } from "../../../harness/kernel/tree/work-tree.ts";

const ORIGINAL = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Grüße", "-c", "user.email=g@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" });
}

/** A repository of three commits; the second and the third are a series. */
async function scene(t: Test) {
  const top = t.testdir({ cache: {}, linux: { "mm.c": ORIGINAL } });
  const linux = join(top, "linux");
  process.env.UFFDWP_CACHE = join(top, "cache");
  git(linux, "init", "--quiet");
  const commit = (text: string, subject: string) => {
    writeFileSync(join(linux, "mm.c"), text);
    git(linux, "add", ".");
    git(linux, "commit", "--quiet", "-m", subject);
  };
  commit(ORIGINAL, "base");
  commit(ORIGINAL.replace("two", "TWO"), "mm: shout two");
  commit(ORIGINAL.replace("two", "TWO").replace("seven", "SEVEN"), "mm: shout seven");
  const mbox = join(top, "series.mbox");
  writeFileSync(mbox, git(linux, "format-patch", "--stdout", "--cover-letter", "HEAD~2"));
  git(linux, "reset", "--quiet", "--hard", "HEAD~2");
  const tree = await openWorkTree("linux");
  const base = await snapshot(tree, linux);
  await checkOut(tree, base);
  const result = () => readFileSync(join(tree.src, "mm.c"), "utf8");
  return { top, linux, mbox, tree, base, result };
}

t.test("an mbox with a cover letter becomes its patches", async (t) => {
  const { mbox, tree, base, result } = await scene(t);
  const patches = await loadSeries(mbox, undefined);
  t.same(
    patches.map(({ subject }) => subject),
    ["mm: shout two", "mm: shout seven"],
  );
  const sha = await applySeries(tree, base, patches);
  t.not(sha, base);
  await checkOut(tree, sha);
  t.match(result(), /TWO[\s\S]*SEVEN/);
});

t.test("a directory of patches, a quilt directory and a git range come to the same", async (t) => {
  const { top, linux, mbox, tree, base } = await scene(t);
  const want = await applySeries(tree, base, await loadSeries(mbox, undefined));
  const directory = join(top, "patches");
  git(linux, "format-patch", "--quiet", "-o", directory, "HEAD..HEAD@{1}");
  await checkOut(tree, base);
  t.equal(await applySeries(tree, base, await loadSeries(directory, undefined)), want);

  const diff = git(linux, "diff", "--no-prefix", "HEAD", "HEAD@{1}");
  const quilt = join(top, "quilt");
  execFileSync("mkdir", [quilt]);
  writeFileSync(join(quilt, "both.diff"), diff);
  writeFileSync(join(quilt, "series"), "# a comment\nboth.diff -p0 # with no prefix\n");
  await checkOut(tree, base);
  t.equal(await applySeries(tree, base, await loadSeries(quilt, undefined)), want);

  await checkOut(tree, base);
  const range = await loadSeries("HEAD..HEAD@{1}", linux);
  t.equal(await applySeries(tree, base, range), want);
});

t.test("the user's configuration changes nothing of how mails are read", async (t) => {
  const { top, mbox } = await scene(t);
  const scissors = "\n\n-- >8 --\nSubject: mm: another\n\nwords\n---\n";
  writeFileSync(mbox, readFileSync(mbox, "utf8").replaceAll("\n---\n", scissors));
  const plain = await loadSeries(mbox, undefined);
  t.match(plain, [{ subject: "mm: shout two" }, { subject: "mm: shout seven" }]);
  const config = join(top, "gitconfig");
  writeFileSync(config, "[mailinfo]\nscissors = true\nquotedCr = strip\n");
  process.env.GIT_CONFIG_GLOBAL = config;
  t.teardown(() => delete process.env.GIT_CONFIG_GLOBAL);
  t.same(await loadSeries(mbox, undefined), plain);
});

t.test("a patch that does not apply is shown with number, subject and hunk", async (t) => {
  const { linux, mbox, tree } = await scene(t);
  writeFileSync(join(linux, "mm.c"), ORIGINAL.replace("seven", "7"));
  const base = await snapshot(tree, linux);
  await checkOut(tree, base);
  const patches = await loadSeries(mbox, undefined);
  await t.rejects(applySeries(tree, base, patches), {
    exitCode: 125,
    message: /^Patch 2 of 2 does not apply: mm: shout seven\n {2}at mm\.c:\d+\n {2}@@[\s\S]*-seven/,
  });
});

t.test("after a failure the next series starts from a clean tree", async (t) => {
  const { linux, mbox, tree, base } = await scene(t);
  writeFileSync(join(linux, "mm.c"), "nothing alike\n");
  const other = await snapshot(tree, linux);
  await checkOut(tree, other);
  const patches = await loadSeries(mbox, undefined);
  await t.rejects(applySeries(tree, other, patches), UntestableKernelError);
  await checkOut(tree, base);
  await t.resolves(applySeries(tree, base, patches));
});

t.test("a patch can't climb out of the tree", async (t) => {
  const { top, tree, base } = await scene(t);
  const path = join(top, "evil.diff");
  writeFileSync(path, "--- /dev/null\n+++ b/../../evil\n@@ -0,0 +1 @@\n+x\n");
  const patches = await loadSeries(path, undefined);
  await t.rejects(applySeries(tree, base, patches), {
    exitCode: 125,
    message:
      /Patch 1 of 1 does not apply: evil\.diff\n {2}It reaches out of the tree: \.\.\/\.\.\/evil/,
  });
});

t.test("what is no series is a mistake", async (t) => {
  const { top, linux } = await scene(t);
  const note = join(top, "note.txt");
  writeFileSync(note, "just words\n");
  const fails = (series: string, message: RegExp, repository?: string) =>
    t.rejects(loadSeries(series, repository), { name: "UsageError", message });
  await fails(note, /neither a mailbox nor a patch/);
  await fails(join(top, "nothing"), /there is no such file/);
  await fails("HEAD..nowhere", /has no range/, linux);
  await fails("v6.1..v6.2", /needs a git tree/);
  rmSync(note);
  execFileSync("mkdir", [join(top, "empty")]);
  await fails(join(top, "empty"), /holds no patch/);
});

t.test("a message id goes to b4, which brings an mbox or one line that says why not", async (t) => {
  const { top, mbox } = await scene(t);
  const bin = join(top, "bin");
  execFileSync("mkdir", [bin]);
  const b4 = `#!/bin/sh
[ "$6" = good@example.org ] || { printf 'Traceback\\n  deep\\nno such message\\n' >&2; exit 1; }
cp ${mbox} "$3/$5"
`;
  writeFileSync(join(bin, "b4"), b4, { mode: 0o755 });
  const path = process.env.PATH;
  process.env.PATH = `${bin}:${path}`;
  t.teardown(() => {
    process.env.PATH = path;
  });
  t.equal((await loadSeries("<good@example.org>", undefined)).length, 2);
  await t.rejects(loadSeries("bad@example.org", undefined), {
    message: "--series bad@example.org: b4 can't fetch it: no such message",
  });
});
