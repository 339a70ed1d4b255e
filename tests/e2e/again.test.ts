import { join } from "node:path";
import t from "tap";
import { stage } from "./aftermath.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const cases = join(import.meta.dirname, "runner");

t.test("a case that begins anew ends as its last try does, and is given up some day", async (t) => {
  const { run, sound } = stage(t);
  const args = ["--cases", cases, "--suite", "again", "--boot", "qemu", "--confirm", "0"];
  const { exitCode, stdout } = await run(["run", ...args]);
  t.equal(exitCode, 1, stdout);
  const { cases: recorded } = await sound(t);
  t.match(recorded, [
    { id: "again/chance/third-time", outcome: "pass", reason: "" },
    { id: "again/chance/never", outcome: "error", verdict: "lost", reason: "no luck" },
    { id: "again/failure/never", outcome: "fail", reason: "this is wrong" },
  ]);
});
