import {
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { execa } from "execa";
import t, { type Test } from "tap";
import { readJournal } from "../../harness/record/journal.ts";
import { type Run, runSchema } from "../../harness/record/run-schema.ts";
import { until } from "../until.ts";
import { stage } from "./aftermath.ts";
import { commandLine, guestsMarked, guestsOf, stopWithinCase } from "./processes.ts";
import { dataFile, program, uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

// What a test waits for comes within a minute, but for this.
t.before(() => uffdwp(["build"]));

const RUN = ["run", "--boot", "qemu", "-j", "1"];
/** As long as another test may have the tree for a build of its own. */
const OTHERS_BUILD = 15 * 60_000;
/** A handful of cases, so that little has to be run again. */
const FEW = [...RUN, "--case", "anon/present/{read,write,munmap,mprotect}"];
const cache = process.env.UFFDWP_CACHE ?? join(homedir(), ".cache", "uffdwp");

/** A cache with a store of its own, and the rest of the user's. */
function ownStore(t: Test, shared: readonly string[]): string {
  const own = t.testdir({ store: {} });
  for (const name of shared) {
    if (existsSync(join(cache, name))) symlinkSync(join(cache, name), join(own, name));
  }
  return own;
}

function journalOf(results: string): string {
  const path = join(results, "latest", "journal.ndjson");
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

t.test("a boot without a word is tried again, and recorded", async (t) => {
  const { run, sound } = stage(t);
  const profile = join(t.testdir(), "profile.yaml");
  writeFileSync(profile, "timeouts: { boot: 6 }\n");
  const running = run([...FEW, "--profile", profile]);
  const qemu = await until(() => guestsOf(running.pid as number)[0]);
  process.kill(qemu, "SIGSTOP");
  t.equal((await running).exitCode, 0);
  const record = await sound(t);
  t.match(record.failedBoots, [
    { number: 0, reason: /did not reach the guest's init: silent for/ },
  ]);
  t.match(record.guests, [{ number: 1 }]);
});

t.test("a QEMU that is killed while it boots is started again, and recorded", async (t) => {
  const { run, sound } = stage(t);
  const running = run(FEW);
  const qemu = await until(() => guestsOf(running.pid as number)[0]);
  process.kill(qemu, "SIGKILL");
  t.equal((await running).exitCode, 0);
  const record = await sound(t);
  const reason = /did not reach the guest's init: QEMU was killed by SIGKILL/;
  t.match(record.failedBoots, [{ number: 0, reason }]);
  t.match(record.guests, [{ number: 1 }]);
  t.match(record.totals, { ok: 4 });
});

t.test("a QEMU that stands still takes one case with it", async (t) => {
  const { results, run, sound } = stage(t);
  const running = run([...RUN, "--suite", "survive", "--timeout", "4", "--confirm", "0"]);
  await until(() => journalOf(results).split('"event":"verdict"').length > 10);
  await stopWithinCase(running.pid as number, join(results, "latest"));
  t.equal((await running).exitCode, 1);
  const record = await sound(t);
  const bad = record.cases.filter(({ verdict }) => verdict !== "ok" && verdict !== "known");
  t.match(bad, [{ outcome: "timeout", guest: 0, reason: /silent for 14 s/ }]);
});

t.test("a guest that stands still longer than a case may, and goes on, fails none", async (t) => {
  const { results, run, sound } = stage(t);
  const long = ["--case", "shmem-private/swap/madv-dontneed-table", "--repeat", "6"];
  const running = run([...RUN, ...long, "--timeout", "20", "--confirm", "0"]);
  for (const nth of [2, 4]) {
    await until(() => journalOf(results).split('"event":"begin"').length > nth);
    const guests = guestsOf(running.pid as number);
    for (const pid of guests) process.kill(pid, "SIGSTOP");
    await pause(4000);
    for (const pid of guests) process.kill(pid, "SIGCONT");
  }
  t.equal((await running).exitCode, 0);
  const record = await sound(t);
  const stood = record.cases.filter(({ durationMs }) => durationMs >= 4000);
  t.equal(stood.length, 2, "it stood still in the midst of two");
});

t.test("a harness that is killed, wherever it is, is resumed without a trace", async (t) => {
  const { results, run, sound } = stage(t);
  /** After so many lines of the journal; the last is past the last verdict, in the reports. */
  for (const lines of [0, 1, 2, 3, 6, 9, 10]) {
    const before = existsSync(join(results, "latest")) ? journalOf(results) : "";
    const running = run(FEW);
    await until(() => {
      const text = journalOf(results);
      return text !== before && text.split("\n").length > lines;
    });
    running.kill("SIGKILL");
    await running;
    const { exitCode, stderr } = await run(["resume", "latest"]);
    const finished = /is finished/.test(stderr);
    t.ok(exitCode === 0 || finished, `killed after ${lines} lines: ${stderr}`);
    const record = await sound(t);
    t.match(record, { status: "passed", totals: { ok: 4 } }, `after ${lines} lines`);
  }
});

t.test("a harness that is killed while it confirms goes on with what is left", async (t) => {
  const { results, run, sound } = stage(t);
  const cases = join(import.meta.dirname, "faults");
  const running = run([...RUN, "-j", "2", "--cases", cases, "--case", "fault/{segfault,reboot}"]);
  await until(() => journalOf(results).includes('"event":"confirmation"'));
  running.kill("SIGKILL");
  await running;
  const { exitCode, stderr } = await run(["resume", "latest"]);
  t.equal(exitCode, 1, stderr);
  const record = await sound(t);
  t.match(record.totals, { regression: 2, flaky: 0, lost: 0 });
  const events = await readJournal(join(results, "latest"));
  const again = events.flatMap((one) => (one.event === "confirmation" ? [one.verdict.id] : []));
  const twice = ["fault/reboot", "fault/reboot", "fault/segfault", "fault/segfault"];
  t.same(again.sort(), twice, "each as often as asked, and no more");
  t.match(record.cases, [{ confirmed: 2 }, { confirmed: 2 }]);
});

t.test("whoever stops a run gets the prompt back within two seconds", async (t) => {
  for (const [signal, code, ready] of [
    ["SIGINT", 130, /"event":"begin"/],
    ["SIGTERM", 143, /"event":"run"/],
    ["SIGTERM", 143, /"event":"verdict"[\s\S]*"event":"verdict"/],
  ] as const) {
    const { results, run, sound, processes } = stage(t);
    const running = run([...RUN, "--suite", "survive"]);
    await until(() => ready.test(journalOf(results)));
    const begun = performance.now();
    running.kill(signal);
    const { exitCode } = await running;
    t.equal(exitCode, code);
    t.ok(performance.now() - begun < 2000, `${signal}: ${performance.now() - begun} ms`);
    t.same(processes(), []);
    t.match(await sound(t), { status: "interrupted" });
  }
});

t.test("whoever stops a build gets the prompt back as fast, and no compiler goes on", async (t) => {
  const { results, run, processes } = stage(t);
  const running = run([...FEW, "--kconfig", "lockdep", "--no-cache"]);
  await until(() => processes().some((pid) => commandLine(pid).includes("/cc1\0")), OTHERS_BUILD);
  const begun = performance.now();
  running.kill("SIGTERM");
  const { exitCode } = await running;
  t.equal(exitCode, 143);
  t.ok(performance.now() - begun < 2000, `${performance.now() - begun} ms`);
  t.same(processes(), []);
  t.same(readdirSync(results), [], "nothing has begun that could be recorded");
});

t.test("no compiler outlives a harness that is killed, and the next one builds on", async (t) => {
  // Where there is no lockdep kernel yet: the second run has to build what the first has not.
  // It need not build all of it, which takes long where ccache knows none of it.
  const env = { UFFDWP_CACHE: ownStore(t, ["trees", "apt", "ccache", "acceleration"]) };
  const { results, run, processes } = stage(t);
  const lockdep = [...FEW, "--kconfig", "lockdep"];
  const running = run([...lockdep, "--no-cache"], env);
  const compiles = (pid: string) => /\0obj=mm\0/.test(commandLine(pid));
  await until(() => processes().some(compiles), OTHERS_BUILD);
  running.kill("SIGKILL");
  await running;
  await until(() => processes().length === 0, 5000);
  t.same(readdirSync(results), [], "nothing has begun that could be recorded");
  const next = run(lockdep, env);
  await until(() => processes().some(compiles), OTHERS_BUILD);
  next.kill("SIGTERM");
  t.equal((await next).exitCode, 143);
  t.same(processes(), []);
});

t.test("a clock that jumps changes no verdict", async (t) => {
  const { run, sound } = stage(t);
  const jumps = `const now = Date.now; const real = Date; let n = 0;
    const odd = () => now() + (n++ % 2 ? -1 : 1) * 86400000 * 400;
    globalThis.Date = class extends real { constructor(...a) { super(...(a.length ? a : [odd()])); } static now() { return odd(); } };`;
  const hook = `data:text/javascript,${encodeURIComponent(jumps)}`;
  // Built already: by a clock that is wrong nobody shall judge the age of a package list.
  const { image } = JSON.parse((await uffdwp(["build", "--json", "--quiet"])).stdout);
  const { exitCode, stderr } = await run([...FEW, "-k", `image:${image}`], {
    NODE_OPTIONS: `--import=${hook}`,
  });
  t.equal(exitCode, 0, stderr);
  t.match(await sound(t), { status: "passed", totals: { ok: 4 } });
});

t.test("two harnesses on one store do not get into each other's way", async (t) => {
  const shared = ownStore(t, ["trees", "apt", "ccache", "acceleration", "store/kernels"]);
  cpSync(join(cache, "store", "requests"), join(shared, "store", "requests"), { recursive: true });
  const stages = [stage(t), stage(t)];
  const env = { UFFDWP_CACHE: shared };
  const runs = await Promise.all(stages.map(({ run }) => run(FEW, env)));
  for (const { exitCode, stderr } of runs) t.equal(exitCode, 0, stderr);
  for (const { sound } of stages) t.match(await sound(t), { totals: { ok: 4 } });
  const images = join(shared, "store", "images");
  t.equal(readdirSync(images).length, 1, "one image, published once");

  const [image = ""] = readdirSync(images);
  const archive = join(images, image, "initramfs.cpio");
  const whole = readFileSync(archive).length;
  truncateSync(archive, 4096);
  const [{ run, sound }] = [stage(t)];
  const mended = await run(FEW, env);
  t.equal(mended.exitCode, 0, "an image that was cut short is made again, not booted");
  t.equal(readFileSync(archive).length, whole);
  await sound(t);
});

t.test("two harnesses on one tree build one after the other, each its own kernel", async (t) => {
  const stages = [stage(t), stage(t)];
  const series = ["hostile-names.mbox", "documentation-only.mbox"].map(dataFile);
  const runs = await Promise.all(
    stages.map(({ run }, i) => run([...FEW, "--no-cache", "--series", series[i] as string])),
  );
  for (const { exitCode, stderr } of runs) t.equal(exitCode, 0, stderr);
  const [one, other] = await Promise.all(stages.map(({ sound }) => sound(t)));
  t.match(one?.kernel.series, [/touch/]);
  t.match(other?.kernel.series, ["Documentation: say nothing"]);
  t.equal(one?.kernel.content, other?.kernel.content, "what comes into memory is the same");
});

t.test("a record that is removed while its run goes on ends the run, as our fault", async (t) => {
  const { results, run } = stage(t);
  const running = run([...RUN, "--suite", "survive"]);
  await until(() => journalOf(results).split('"event":"verdict"').length > 10);
  rmSync(results, { recursive: true, force: true, maxRetries: 5 });
  const { exitCode, stderr } = await running;
  t.equal(exitCode, 128, stderr);
  t.match(stderr, /uffdwp: The record is lost, start the run again: /);
  t.same(guestsOf(running.pid as number), []);
});

const { failed } = await execa("unshare", ["-rm", "true"], { reject: false });
const skip = failed && "this user may not make a mount namespace (unshare -rm)";

t.test("results/ that is read-only or full ends a run with no lie", { skip }, async (t) => {
  const top = t.testdir({ results: {} });
  const inside = (mount: string, command: readonly string[]) =>
    execa("unshare", ["-rm", "sh", "-c", `${mount} && shift && exec "$@"`, "sh", top, ...command], {
      reject: false,
      env: { TMPDIR: "/tmp" },
    });
  const few = [process.execPath, program, ...FEW, "--results", join(top, "results")];
  const readOnly = await inside('mount -t tmpfs -o ro none "$1/results"', few);
  t.equal(readOnly.exitCode, 128, readOnly.stderr);
  t.match(readOnly.stderr, /No run can be recorded in .*read-only/);

  // From no room for the kernel's configuration to none for the journal, whatever the build has said.
  for (const size of ["32k", "64k"]) {
    const mount = `mount -t tmpfs -o size=${size} none "$1/results"`;
    const full = await inside(mount, few);
    t.equal(full.exitCode, 128, full.stderr);
    t.match(full.stderr, /No run can be recorded in .*no space left/i);
  }
});

t.test("a run that has filled results/ is resumed once there is room", { skip }, async (t) => {
  const top = t.testdir({ results: {} });
  // All in one: what a mount namespace has seen is gone with its last process.
  const script = `
    uffdwp() { "$NODE" "$PROGRAM" "$@" --results "$TOP/results"; }
    mount -t tmpfs -o size=400k none "$TOP/results" || exit
    uffdwp run "$@" 2> "$TOP/full.err"; echo $? > "$TOP/full.exit"
    uffdwp report latest --format json > "$TOP/full.json"
    mount -o remount,size=64m "$TOP/results" || exit
    uffdwp resume latest 2> "$TOP/resumed.err"; echo $? > "$TOP/resumed.exit"
    uffdwp report latest --format json > "$TOP/resumed.json"`;
  const many = [...RUN.slice(1), "--suite", "survive"];
  await execa("unshare", ["-rm", "sh", "-c", script, "sh", ...many], {
    env: { TMPDIR: "/tmp", TOP: top, NODE: process.execPath, PROGRAM: program },
    stdout: "ignore",
  });
  t.same(guestsMarked(top), [], "no guest is left");
  const said = (name: string) => readFileSync(join(top, name), "utf8");
  const recorded = (name: string) => runSchema.parse(JSON.parse(said(name)));

  t.equal(said("full.exit"), "128\n", said("full.err"));
  t.match(said("full.err"), /uffdwp: .*can't be written/);
  const full = recorded("full.json");
  t.match(full.status, /^(?:interrupted|error)$/);
  t.ok(full.totals.ok > 0 && full.totals.lost > 0, "what could be recorded, and no more");

  t.equal(said("resumed.exit"), "0\n", said("resumed.err"));
  const resumed = recorded("resumed.json");
  t.match(resumed, { id: full.id, status: "passed", totals: { lost: 0 }, findings: [] });
  const turns = (run: Run) => run.cases.map(({ id, repetition }) => `${id} ${repetition}`);
  t.same(turns(resumed), turns(full), "the cases that were planned, each once");
  t.equal(new Set(turns(resumed)).size, resumed.cases.length);
  const kept = full.cases.filter(({ verdict }) => verdict !== "lost");
  t.match(
    resumed.cases.filter(({ id }) => kept.some((one) => one.id === id)),
    kept,
    "and none again that was recorded before",
  );
});
