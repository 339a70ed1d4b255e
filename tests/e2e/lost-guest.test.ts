import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { stage } from "./aftermath.ts";
import { guestsOf, stopWithinCase } from "./processes.ts";
import { latestRun, start, uffdwp } from "./uffdwp.ts";

/** A zombie that nobody has buried yet runs no longer. */
function isRunning(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** Waits until a run has recorded so many verdicts. */
async function verdictsRecorded(results: string, count: number): Promise<void> {
  const journal = join(results, "latest", "journal.ndjson");
  for (;;) {
    const text = existsSync(journal) ? readFileSync(journal, "utf8") : "";
    if (text.split('{"event":"verdict"').length > count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

t.test("a guest that dies takes one case with it; a fresh one goes on", async (t) => {
  const { results, run: begin, sound } = stage(t);
  const running = begin(["run", "--boot", "qemu", "-j", "1"]);
  await verdictsRecorded(results, 20);
  process.kill(await stopWithinCase(running.pid as number, join(results, "latest")), "SIGKILL");
  t.equal((await running).exitCode, 1);
  const run = await sound(t);
  t.equal(run.guests.length, 4, "the one that died, a fresh one, and one to confirm it, twice");
  const lost = run.cases.filter(({ verdict }) => verdict !== "ok" && verdict !== "known");
  t.match(lost, [
    {
      outcome: "crash",
      verdict: "flaky",
      flaky: { runs: 3, failed: 1 },
      reason: /QEMU was killed/,
    },
  ]);
  t.equal(run.totals.ok + run.totals.known, run.cases.length - 1);
});

t.test("SIGINT ends a run in order, and resume finishes it", async (t) => {
  const results = t.testdir();
  const running = start(["run", "--boot", "qemu", "-j", "1", "--results", results]);
  await verdictsRecorded(results, 15);
  const [qemu] = guestsOf(running.pid as number);
  running.kill("SIGINT");
  t.equal((await running).exitCode, 130);
  t.notOk(isRunning(qemu as number), "QEMU is gone");
  const before = latestRun(results);
  t.equal(before.status, "interrupted");
  t.ok(before.totals.ok >= 15 && before.totals.lost > 0);

  const { exitCode, stdout } = await uffdwp(["resume", "latest", "--results", results]);
  t.equal(exitCode, 0, stdout);
  const after = latestRun(results);
  t.equal(after.totals.ok + after.totals.known, after.cases.length);
  t.match(after.guests, [{ number: 0 }, { number: 1 }]);
  t.equal(after.cases[0]?.guest, 0, "what was done was not run again");

  const nothing = await uffdwp(["resume", "latest", "--results", results]);
  t.match(nothing, { exitCode: 129, stderr: /is finished/ });
});

t.test("no QEMU outlives a harness that is killed", async (t) => {
  for (const boot of ["qemu", "virtme-ng"]) {
    const results = t.testdir();
    const running = start(["run", "--boot", boot, "-j", "1", "--results", results]);
    await verdictsRecorded(results, 5);
    const qemus = guestsOf(running.pid as number);
    t.equal(qemus.length, 1);
    t.ok(isRunning(qemus[0] as number));
    running.kill("SIGKILL");
    await running;
    await new Promise((resolve) => setTimeout(resolve, 500));
    t.notOk(isRunning(qemus[0] as number), boot);
    const { status } = JSON.parse(
      (await uffdwp(["report", "latest", "--results", results, "--json"])).stdout,
    );
    t.equal(status, "interrupted", "the journal tells what there was");
  }
});
