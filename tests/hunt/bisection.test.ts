import { execFileSync } from "node:child_process";
import { join } from "node:path";
import t, { type Test } from "tap";
import { type BisectionOptions, startBisection } from "../../harness/hunt/bisection.ts";

t.setTimeout(120_000);

type Verdict = "good" | "bad" | "skip";

/** A user's repository of `count` commits, the files a to d changing in turn. */
function history(t: Test, count: number) {
  const top = t.testdir({ linux: {}, hunt: {} });
  const linux = join(top, "linux");
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", linux, ...args], { encoding: "utf8" }).trim();
  git("init", "--quiet", "--initial-branch=main");
  const commits = Array.from({ length: count }, (_, i) => {
    const who = `committer A <a@example.org> ${1_767_225_600 + i} +0000`;
    const file = `M 100644 inline ${"abcd"[i % 4]}\ndata <<E\n${i}\nE\n`;
    return `commit refs/heads/main\n${who}\ndata <<E\ncommit ${i}\nE\n${file}\n`;
  });
  execFileSync("git", ["-C", linux, "fast-import", "--quiet"], { input: commits.join("") });
  const shas = git("rev-list", "--reverse", "main").split("\n");
  const begin = (options: Partial<BisectionOptions> = {}) =>
    startBisection(join(top, "hunt"), linux, {
      good: [shas[0] as string],
      bad: shas.at(-1) as string,
      firstParent: false,
      paths: [],
      terms: {},
      ...options,
    });
  return { shas, begin, git, linux };
}

/** Answers until git knows enough; returns what it asked about. */
async function answer(
  bisection: Awaited<ReturnType<typeof startBisection>>,
  verdict: (sha: string) => Verdict,
): Promise<string[]> {
  const asked: string[] = [];
  for (let sha = await bisection.next(); sha; sha = await bisection.next()) {
    asked.push(sha);
    await bisection.mark(verdict(sha));
  }
  return asked;
}

t.test(
  "finds the first bad commit in few steps, and leaves the user's repository alone",
  async (t) => {
    const { shas, begin, git } = history(t, 33);
    const before = git("for-each-ref") + git("status", "--porcelain=v2", "--branch");
    const bisection = await begin();
    const asked = await answer(bisection, (sha) => (shas.indexOf(sha) >= 20 ? "bad" : "good"));
    t.same(await bisection.candidates(), [shas[20]]);
    t.ok(asked.length <= 6, String(asked.length));
    t.match(await bisection.log(), /^git bisect start[\s\S]*# first bad commit: \[/m);
    t.equal(git("for-each-ref") + git("status", "--porcelain=v2", "--branch"), before);
  },
);

t.test(
  "what can't be judged is skipped; where only that is left, all of it is named",
  async (t) => {
    const { shas, begin } = history(t, 17);
    const bisection = await begin();
    const at = (sha: string) => shas.indexOf(sha);
    await answer(bisection, (sha) => (at(sha) > 9 ? "bad" : at(sha) >= 7 ? "skip" : "good"));
    t.same((await bisection.candidates()).map(at).sort(), [10, 7, 8, 9]);
  },
);

t.test("the same answers lead to the same questions", async (t) => {
  const { shas, begin } = history(t, 40);
  const verdict = (sha: string): Verdict => {
    const at = shas.indexOf(sha);
    return at % 5 === 0 ? "skip" : at >= 12 ? "bad" : "good";
  };
  t.same(await answer(await begin(), verdict), await answer(await begin(), verdict));
});

t.test("a bad commit that is older than the good one: what mended it is found", async (t) => {
  const { shas, begin } = history(t, 20);
  const bisection = await begin({ good: [shas[19] as string], bad: shas[0] as string });
  t.equal(bisection.direction, "fixed");
  await answer(bisection, (sha) => (shas.indexOf(sha) >= 13 ? "good" : "bad"));
  t.same(await bisection.candidates(), [shas[13]]);
});

t.test("the log speaks in the terms that were asked for", async (t) => {
  const { shas, begin } = history(t, 9);
  const bisection = await begin({ terms: { old: "fast", new: "slow" } });
  await answer(bisection, (sha) => (shas.indexOf(sha) >= 3 ? "bad" : "good"));
  t.same(await bisection.candidates(), [shas[3]]);
  const log = await bisection.log();
  t.match(log, /^git bisect slow [0-9a-f]+$/m);
  t.match(log, /^# first slow commit: \[/m);
  t.notMatch(log, /^git bisect (?:good|bad)/m);
  await t.rejects(begin({ terms: { new: "skip" } }), {
    name: "UsageError",
    message: /can't use the builtin command 'skip' as a term/,
  });
});

t.test("only commits that touch the paths are asked about", async (t) => {
  const { shas, begin } = history(t, 32);
  const bisection = await begin({ paths: ["c"] });
  const asked = await answer(bisection, (sha) => (shas.indexOf(sha) >= 18 ? "bad" : "good"));
  t.ok(asked.every((sha) => shas.indexOf(sha) % 4 === 2));
  t.same(await bisection.candidates(), [shas[18]]);
});

t.test("of a merge, only the first parent is followed where that is asked for", async (t) => {
  const { shas, begin, git } = history(t, 12);
  const [good, fork] = [shas[0] as string, shas[5] as string];
  const commit = (message: string, ...parents: string[]) => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    const from = parents.flatMap((parent) => ["-p", parent]);
    return git(...identity, "commit-tree", ...from, "-m", message, `${fork}^{tree}`);
  };
  const side = [commit("topic 0", fork)];
  for (let i = 1; i < 9; i++) side.push(commit(`topic ${i}`, side.at(-1) as string));
  const merge = commit("Merge topic", shas[11] as string, side.at(-1) as string);
  const bad = commit("after", merge);
  const isBad = (sha: string) => [...side.slice(3), merge, bad].includes(sha);
  const judge = (sha: string): Verdict => (isBad(sha) ? "bad" : "good");

  const all = await begin({ good: [good], bad });
  const asked = await answer(all, judge);
  t.same(await all.candidates(), [side[3]]);
  t.ok(asked.some((sha) => side.includes(sha)));

  const first = await begin({ good: [good], bad, firstParent: true });
  const askedFirst = await answer(first, judge);
  t.same(await first.candidates(), [merge]);
  t.notOk(askedFirst.some((sha) => side.includes(sha)));
});

t.test("ends that git refuses are a mistake, in git's own words", async (t) => {
  const { shas, begin } = history(t, 4);
  await t.rejects(begin({ good: [shas[3] as string], bad: shas[3] as string }), {
    name: "UsageError",
    message: /was both good and bad$/,
  });
});
