// A checkout in a container often belongs to another user than the one who builds it.
import { execFileSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join, resolve } from "node:path";
import t, { type Test } from "tap";
import { loadSeries } from "../../../harness/kernel/series/load.ts";
import { resolveSource } from "../../../harness/kernel/source/source.ts";
import { silent } from "../../../harness/process/progress.ts";

const SOMEBODY = "12345";
const skip = process.getuid?.() === 0 ? false : "only root can give files to somebody else";

/** A repository of two commits that belongs to somebody else; `tree` lies in it. */
function repository(t: Test, tree: string) {
  const files = () => ({ Makefile: "", Kconfig: "", kernel: { Makefile: "" } });
  const top = t.testdir({ cache: {}, theirs: { ...files(), inner: { linux: files() } } });
  const theirs = join(top, "theirs");
  const git = (...args: string[]) => {
    const identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    return execFileSync("git", [...identity, ...args], { cwd: theirs, encoding: "utf8" }).trim();
  };
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "one");
  const first = git("rev-parse", "HEAD");
  appendFileSync(join(theirs, "Makefile"), "# two\n");
  git("commit", "--quiet", "--all", "-m", "two");
  const second = git("rev-parse", "HEAD");
  execFileSync("chown", ["-R", `${SOMEBODY}:${SOMEBODY}`, theirs]);
  process.env.UFFDWP_CACHE = join(top, "cache");
  // What the user has declared safe would hide what we do.
  process.env.GIT_CONFIG_GLOBAL = "/dev/null";
  return { path: resolve(theirs, tree), first, second };
}

t.test("a tree that was named is read with its history, whoever owns it", { skip }, async (t) => {
  const { path, first, second } = repository(t, "");
  const standing = await resolveSource({ form: "tree", path, revision: undefined }, silent);
  t.match(standing, { repository: path, description: `${path} on ${second.slice(0, 12)}` });
  const before = await resolveSource({ form: "tree", path, revision: "HEAD~1" }, silent);
  t.equal(before.commit, first);
  const patches = await loadSeries("HEAD~1..HEAD", path);
  t.same(
    patches.map(({ subject }) => subject),
    ["two"],
  );
});

t.test("a stranger's repository above the tree stays none of ours", { skip }, async (t) => {
  const { path } = repository(t, "inner/linux");
  const source = await resolveSource({ form: "tree", path, revision: undefined }, silent);
  t.match(source, { repository: undefined, description: path });
});
