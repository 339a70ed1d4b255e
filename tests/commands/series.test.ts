import { execFileSync } from "node:child_process";
import { appendFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import t, { type Test } from "tap";
import { onRange } from "../../harness/commands/series.ts";
import { jobFrom } from "../../harness/plan/job.ts";
import { silent } from "../../harness/process/progress.ts";

function git(cwd: string, ...args: string[]): string {
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  return execFileSync("git", [...identity, ...args], { cwd, encoding: "utf8" }).trim();
}

/** A tree in which a topic has left master, and master may have moved on. */
function scene(t: Test) {
  const linux = t.testdir({
    Makefile: "",
    Kconfig: "",
    kernel: { "fork.c": "" },
    mm: { "mm.c": "" },
  });
  git(linux, "init", "--quiet", "--initial-branch=master");
  const commit = (file: string, subject: string) => {
    appendFileSync(join(linux, file), `${subject}\n`);
    git(linux, "add", ".");
    git(linux, "commit", "--quiet", "-m", subject);
  };
  commit("mm/mm.c", "base");
  const left = git(linux, "rev-parse", "HEAD");
  git(linux, "checkout", "--quiet", "-b", "topic");
  commit("mm/mm.c", "mm: a patch");
  git(linux, "checkout", "--quiet", "master");
  return { linux, left, commit };
}

async function asked(linux: string, range: string) {
  const notes: string[] = [];
  const progress = { ...silent, note: (line: string) => void notes.push(line) };
  const { kernel, series } = await onRange(jobFrom({ kernel: linux }), range, progress);
  return { kernel, series, notes };
}

t.test("a range stands on its base, by the name that it was asked for", async (t) => {
  const { linux } = scene(t);
  t.same(await asked(linux, "master..topic"), {
    kernel: `${realpathSync(linux)}@master`,
    series: ["master..topic"],
    notes: [],
  });
});

t.test("where the base has moved on, the merge base is tested, and named", async (t) => {
  const { linux, left, commit } = scene(t);
  commit("kernel/fork.c", "fork: another");
  const { kernel, notes } = await asked(linux, "master..topic");
  t.equal(kernel, `${realpathSync(linux)}@${left}`);
  t.same(notes, [
    `master is no ancestor of topic: the base is their merge base, ${left.slice(0, 12)}`,
  ]);
});

t.test("a range that is none, or has merges, is a mistake", async (t) => {
  const { linux, commit } = scene(t);
  commit("kernel/fork.c", "fork: another");
  await t.rejects(asked(linux, "master...topic"), {
    exitCode: 129,
    message: /no range BASE\.\.TIP/,
  });
  git(linux, "checkout", "--quiet", "topic");
  git(linux, "merge", "--quiet", "-m", "Merge master", "master");
  await t.rejects(asked(linux, "master..topic"), { exitCode: 129, message: /has merge commits/ });
});
