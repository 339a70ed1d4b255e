import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import t, { type Test } from "tap";
import { stage } from "./aftermath.ts";
import { type Change, harmless, makeHistory, replaced, swapFormUnrecognised } from "./history.ts";
import { latestRun, verdicts } from "./uffdwp.ts";

// A kernel may have to be built first, and two more are.
t.setTimeout(25 * 60_000);

const GUILTLESS = "shmem-private/present/truncate";
const GUILTY = "shmem-private/swap/truncate";

/** A work tree with all of debian:6.1's files in it, and the means to save some of them anew. */
async function workTree(t: Test) {
  // The same path each time is the same work tree of ours, and the same build directory.
  const path = join(t.testdir({ linux: {} }), "linux");
  await makeHistory(path, []);
  await execa("git", ["-C", path, "checkout-index", "--all", "--force"]);
  const first = new Map<string, string>();
  const save = async (edits: Change["edits"]) => {
    for (const [file, edit] of Object.entries(edits)) {
      const text = readFileSync(join(path, file), "utf8");
      if (!first.has(file)) first.set(file, text);
      writeFileSync(join(path, file), await edit(text));
    }
  };
  // At once: git would write thousands of files anew, and a round would begin in the midst of it.
  const restore = () => {
    for (const [file, text] of first) writeFileSync(join(path, file), text);
  };
  return { path, save, restore };
}

t.test("each save is judged: what failed first, what was judged before at once", async (t) => {
  const tree = await workTree(t);
  const scene = stage(t);
  const cases = [GUILTLESS, GUILTY].flatMap((id) => ["--case", id]);
  const watching = scene.run(["run", "-k", tree.path, "--watch", "--boot", "qemu", ...cases]);
  t.teardown(() => watching.kill("SIGKILL"));
  let said = "";
  watching.stderr?.on("data", (chunk) => {
    said += chunk;
  });
  /** The run that is the newest once the harness waits for a save again. */
  const round = async () => {
    while (!said.includes("waiting for a save")) await new Promise((go) => setTimeout(go, 50));
    const words = said;
    said = "";
    return { words, run: latestRun(scene.results) };
  };

  const first = await round();
  t.same(verdicts(first.run), [`${GUILTLESS} pass ok`, `${GUILTY} pass ok`]);

  // No other test has built it, nor has this one before: all that comes after stands on objects of its own.
  await tree.save({
    ...swapFormUnrecognised,
    ...harmless("mm/mincore.c", `saved_at_${Date.now()}`),
  });
  const fault = await round();
  t.same(verdicts(fault.run), [`${GUILTLESS} pass ok`, `${GUILTY} fail regression`]);

  await tree.save(harmless("mm/memory.c", "hunted"));
  await tree.save(replaced("mm/memory.c", "int hunted = 1;", "int hunted = ;"));
  const broken = await round();
  t.equal(broken.run.status, "untestable");
  t.match(broken.words, /does not build[\s\S]*memory\.c:\d+/);

  await tree.save(replaced("mm/memory.c", "int hunted = ;", "int hunted = 1;"));
  const again = await round();
  const begun = again.run.cases.toSorted((a, b) => (`${a.started}` < `${b.started}` ? -1 : 1));
  t.same(
    begun.map(({ id }) => id),
    [GUILTY, GUILTLESS],
    "what failed runs first",
  );
  const log = readFileSync(join(scene.results, again.run.id, "build.log"), "utf8");
  const compiled = [...log.matchAll(/^ +CC +(\S+)$/gm)].map(([, object]) => object);
  t.ok(compiled.includes("mm/memory.o"), "what was saved is compiled");
  // Beside it what each build makes anew, and what the broken build had stopped at.
  t.ok(compiled.length <= 5, `and little else: ${compiled.join(" ")}`);

  tree.restore();
  const restored = await round();
  t.match(restored.words, `Judged before, as ${first.run.id}`);

  watching.kill("SIGINT");
  t.equal((await watching).exitCode, 130);
  t.same(scene.processes(), []);
});
