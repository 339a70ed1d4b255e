import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { loadSeries } from "../../../harness/kernel/series/load.ts";
import { parseRange, resolveRange } from "../../../harness/kernel/series/range.ts";

const ORIGINAL = Array.from({ length: 30 }, (_, i) => `line ${i}\n`).join("");

function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=Grüße", "-c", "user.email=g@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" }).trim();
}

/** A master that has moved on since `topic` left it, with two patches. */
function scene(t: Test) {
  const linux = t.testdir({ "mm.c": ORIGINAL, "fs.c": ORIGINAL });
  git(linux, "init", "--quiet", "--initial-branch=master");
  const commit = (file: string, text: string, subject: string) => {
    writeFileSync(join(linux, file), text);
    git(linux, "add", ".");
    git(linux, "commit", "--quiet", "-m", subject);
    return git(linux, "rev-parse", "HEAD");
  };
  const left = commit("mm.c", ORIGINAL, "base");
  git(linux, "checkout", "--quiet", "-b", "topic");
  commit("mm.c", ORIGINAL.replace("line 4", "LINE 4"), "mm: shout four");
  git(linux, "mv", "fs.c", "fs2.c");
  const last = ORIGINAL.replace("line 4", "LINE 4").replace("line 12", "Linie 12 für alle");
  const tip = commit("mm.c", last, "mm: zwölf");
  git(linux, "checkout", "--quiet", "master");
  const master = commit("fs.c", ORIGINAL.replace("line 20", ""), "fs: another");
  return { linux, left, tip, master };
}

t.test("the user's configuration changes nothing of a range's patches", async (t) => {
  const { linux } = scene(t);
  const plain = await loadSeries("master..topic", linux);
  t.same(
    plain.map(({ subject }) => subject),
    ["mm: shout four", "mm: zwölf"],
  );
  t.match(plain[1]?.diff, /^--- a\/mm\.c\n\+\+\+ b\/mm\.c$/m);
  for (const setting of [
    "diff.noprefix=true",
    "diff.mnemonicPrefix=true",
    "diff.srcPrefix=x/",
    "diff.context=0",
    "diff.interHunkContext=9",
    "diff.renames=false",
    "diff.renames=copies",
    "core.abbrev=40",
    "diff.algorithm=patience",
    "diff.orderFile=.git/order",
    "diff.suppressBlankEmpty=true",
    "diff.external=false",
    "diff.relative=true",
    "color.diff=always",
    "color.ui=always",
    "diff.indentHeuristic=false",
    "diff.renameLimit=1",
    "diff.statGraphWidth=3",
    "format.noprefix=true",
    "format.attach=x",
    "format.thread=deep",
    "format.signOff=true",
    "format.coverLetter=true",
    "format.useAutoBase=true",
    "format.headers=X-Mailer: x\n",
    "format.to=a@example.org",
    "format.cc=b@example.org",
    "format.from=c <c@example.org>",
    "format.subjectPrefix=RFC",
    "format.numbered=true",
    "format.notes=true",
    "format.signature=x",
    "format.outputDirectory=elsewhere",
    "format.mboxrd=true",
    "format.encodeEmailHeaders=false",
    "i18n.logOutputEncoding=ISO-8859-1",
  ]) {
    const [name = "", value = ""] = setting.split("=");
    git(linux, "config", name, value);
    const patches = await loadSeries("master..topic", linux).catch((error: Error) => error);
    t.same(patches, plain, setting);
    git(linux, "config", "--unset", name);
  }
});

t.test("what is a range, and what is none", async (t) => {
  t.same(parseRange("v6.12..my-branch"), { base: "v6.12", tip: "my-branch" });
  t.same(parseRange("origin/master..HEAD~2"), { base: "origin/master", tip: "HEAD~2" });
  for (const text of [
    "v6.12",
    "v6.12..",
    "..tip",
    "a...b",
    "a..b..c",
    "--all..x",
    "a..-x",
    "a..b c",
  ]) {
    t.equal(parseRange(text), undefined, text);
  }
});

t.test("a range stands on the commit where the tip has left the base", async (t) => {
  const { linux, left, tip, master } = scene(t);
  t.same(await resolveRange(linux, "master..topic"), { base: left, tip, asked: master });
  t.same(await resolveRange(linux, "master~1..topic"), { base: left, tip, asked: left });
});

t.test("a range that is no line of patches is refused", async (t) => {
  const { linux } = scene(t);
  git(linux, "checkout", "--quiet", "topic");
  git(linux, "merge", "--quiet", "-m", "Merge master into topic", "master");
  const merge = git(linux, "rev-parse", "--short=12", "HEAD");
  const refusal = {
    name: "UsageError",
    exitCode: 129,
    message: new RegExp(
      `master\\.\\.topic has merge commits: ${merge} Merge master.*git rebase`,
      "s",
    ),
  };
  await t.rejects(resolveRange(linux, "master..topic"), refusal);
  await t.rejects(loadSeries("master..topic", linux), refusal);

  git(linux, "checkout", "--quiet", "--orphan", "stranger");
  git(linux, "commit", "--quiet", "-m", "from elsewhere");
  await t.rejects(resolveRange(linux, "master..stranger"), {
    name: "UsageError",
    message: /master and stranger have no commit in common/,
  });
  await t.rejects(resolveRange(linux, "master...topic"), {
    name: "UsageError",
    message: /is no range BASE\.\.TIP: .*such as v6\.12\.\.my-branch/,
  });
  await t.rejects(resolveRange(linux, "nowhere..topic"), {
    name: "UsageError",
    message: /has no range nowhere\.\.topic: .*no revision nowhere\..*git -C .*fetch/,
  });
});
