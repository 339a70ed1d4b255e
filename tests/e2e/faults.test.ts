import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { exactly } from "../exactly.ts";
import { stage } from "./aftermath.ts";
import { uffdwp } from "./uffdwp.ts";

// A kernel may have to be built first.
t.setTimeout(25 * 60_000);

const cases = join(import.meta.dirname, "faults");

/** What each fault must come to, with the kind and the title of its finding where it has one. */
const GUILTY: Readonly<Record<string, readonly [outcome: string, kind?: string, title?: RegExp]>> =
  {
    "sysrq-panic": ["crash", "panic", /sysrq triggered crash/],
    bug: ["crash", "bug", /kernel BUG/],
    "null-dereference": ["crash", "oops", /NULL pointer dereference/],
    "warn-once": ["fail", "warning", /WARNING in/],
    "warn-flood": ["fail", "warning", /WARNING in/],
    "soft-lockup": ["timeout", "lockup", /soft lockup/],
    "interrupts-off": ["timeout"],
    "d-state": ["timeout", "hung-task", /task hung/],
    "d-state-child": ["timeout"],
    oom: ["crash", "oom", /Out of memory: Killed process fault/],
    "oom-runner": ["crash", "panic", /deadlocked on memory/],
    "kill-runner": ["crash", "panic", /Attempted to kill init/],
    livelock: ["timeout"],
    "power-off": ["crash"],
    reboot: ["crash"],
    halt: ["timeout"],
    segfault: ["crash"],
    "fork-bomb": ["timeout"],
    "endless-output": ["timeout"],
    "answer-for-others": ["crash"],
    "garbled-control": ["crash"],
    "hostile-names": ["fail", "panic", /<script>alert\(NUM\)/],
  };

const ARGS = ["run", "--cases", cases, "--boot", "qemu", "--memory", "384", "--timeout", "5"];

// Not a part of what must end in time.
t.before(() => uffdwp(["build", "--kconfig", "faults"]));

t.test("whatever a kernel does, exactly the guilty case pays for it", async (t) => {
  const { results, run, sound } = stage(t);
  const begun = performance.now();
  const all = ["--kconfig", "faults", "--case", "{fault,after}/**", "-j", "2", "--confirm", "0"];
  const { exitCode, stdout } = await run([...ARGS, ...all]);
  t.equal(exitCode, 1, stdout);
  t.ok(performance.now() - begun < 240_000, "the time is bounded");
  const record = await sound(t);
  for (const one of record.cases) {
    const [kind, name = ""] = one.id.split("/");
    const [outcome, findingKind, title] = (kind === "fault" && GUILTY[name]) || ["pass"];
    t.equal(one.outcome, outcome, `${one.id}: ${one.reason}`);
    const findings = record.findings.filter((finding) => finding.case === one.id);
    if (!findingKind) t.same(findings, [], one.id);
    else t.match(findings, [{ kind: findingKind, title, guest: one.guest }], one.id);
    t.ok(findings.length <= 1, `${one.id}: ${findings.map((finding) => finding.title)}`);
  }
  const flood = record.findings.find((finding) => finding.case === "fault/warn-flood");
  t.equal(flood?.count, 40, "each of a flood is counted");
  t.same(
    record.findings.filter((finding) => finding.case === null),
    [],
    "every splat has an owner",
  );

  // Only a second processor notices for sure.
  const smp = ["--kconfig", "faults", "--cpus", "2", "--case", "smp/*", "--confirm", "0"];
  t.equal((await run([...ARGS, ...smp])).exitCode, 1);
  const stalled = await sound(t);
  t.match(stalled.cases, [{ id: "smp/rcu-stall", outcome: "timeout" }]);
  t.match(stalled.findings[0], { kind: "rcu-stall", title: /rcu detected stall/ });

  t.notOk(existsSync("/tmp/pwned"), "no shell has read what a guest has said");
  const page = readFileSync(join(results, record.id, "report.html"), "utf8");
  t.notMatch(page, /<script>alert|<img src=x/, "and no browser will");
  const alone = await run([...ARGS, "--case", "fault/hostile-names", "--confirm", "0"]);
  t.match(alone.stdout, /hostile-names/);
  t.notMatch(alone.stdout, String.fromCharCode(27), "no terminal obeys a guest");
  for (const format of ["ktap", "junit", "markdown"]) {
    const { stdout } = await run(["report", record.id, "--format", format]);
    t.match(stdout, /hostile-names/, format);
    t.notMatch(stdout, String.fromCharCode(27), `no terminal obeys a guest through ${format}`);
  }
});

t.test("a warning that no case owns fails a run whose cases all pass", async (t) => {
  const { run, sound } = stage(t);
  const { exitCode, stdout } = await run([...ARGS, "--kconfig", "faults", "--case", "stray/*"]);
  t.equal(exitCode, 1, stdout);
  t.match(stdout, /WARNING in lkdtm_/);
  const { status, totals, findings } = await sound(t);
  t.match({ status, totals }, { status: "failed", totals: { ok: 1, regression: 0, lost: 0 } });
  t.equal(findings.length, 1);
  t.match(findings, [{ kind: "warning", case: null, guest: 0, allowed: null, count: 1 }]);
});

t.test("what an allow list names is recorded and fails nothing", async (t) => {
  const { run, sound } = stage(t);
  const list = join(t.testdir(), "allow.yaml");
  writeFileSync(list, 'allow: [{ title: "WARNING in lkdtm_*", why: asked for by this test }]\n');
  const some = ["--kconfig", "faults", "--case", "fault/{warn-once,bug}", "--confirm", "0"];
  const { exitCode } = await run([...ARGS, ...some, "--allow", list]);
  t.equal(exitCode, 1, "what it does not name fails as ever");
  const { cases, findings } = await sound(t);
  const of = (name: string) => [
    cases.find(({ id }) => id === `fault/${name}`),
    findings.find((one) => one.case === `fault/${name}`),
  ];
  t.match(of("warn-once"), [{ outcome: "pass" }, { allowed: "asked for by this test" }]);
  t.match(of("bug"), [{ outcome: "crash" }, { allowed: null }]);
});

t.test("a guest has no network card and no file of the host to write", async (t) => {
  const ways = [
    ["qemu", /# 0 shares of the host/],
    ["virtme-ng", /# [1-9] shares of the host/],
  ] as const;
  for (const [boot, shares] of ways) {
    const { results, run, sound } = stage(t);
    const args = ["run", "--cases", cases, "--case", "machine/{network,host}", "-j", "1"];
    t.equal((await run([...args, "--boot", boot])).exitCode, 0, boot);
    const { id, cases: recorded } = await sound(t);
    t.match(recorded, [{ outcome: "pass" }, { outcome: "pass" }], boot);
    t.match(readFileSync(join(results, id, "guest-0", "cases.log"), "utf8"), shares, boot);
  }
});

t.test("virtme-ng's own ports lead nowhere: no guest fills a disk through them", async (t) => {
  const { results, run, sound } = stage(t);
  const args = ["run", "--cases", cases, "--case", "machine/ports", "--boot", "virtme-ng"];
  t.equal((await run(args)).exitCode, 0);
  const { id } = await sound(t);
  const guest = join(results, id, "guest-0");
  t.match(readFileSync(join(guest, "cases.log"), "utf8"), /written into [1-9] ports/);
  t.notMatch(readFileSync(join(guest, "qemu.log"), "utf8"), /a guest has written/);
});

t.test("a regression is run again in fresh guests, and flaky where it then passes", async (t) => {
  const { run, sound } = stage(t);
  const some = ["--case", "order/*", "--case", "fault/{segfault,clock}"];
  const { exitCode, stdout } = await run([...ARGS, ...some]);
  t.equal(exitCode, 1, "a flaky case is not as expected either");
  t.match(stdout, /order\/flaky is flaky: fails in 1 of 3 runs/);
  t.match(stdout, /fault\/segfault crashes/);
  t.match(stdout, /FAILED {2}1 regression, 1 flaky, 2 as expected/);
  const { cases, totals, guests } = await sound(t);
  t.match(totals, { regression: 1, flaky: 1, ok: 2, lost: 0 });
  const of = (name: string) => cases.find(({ id }) => id === name);
  t.match(of("order/flaky"), { verdict: "flaky", flaky: { runs: 3, failed: 1 }, confirmed: 0 });
  t.match(of("fault/segfault"), { verdict: "regression", flaky: null, confirmed: 2 });
  t.equal(guests.length, 6, "two for the run, and one for each case in each of two rounds");
});

t.test("what fails in one of its repetitions is flaky, with its rate", async (t) => {
  const { run, sound } = stage(t);
  const twice = ["--case", "repeat/second", "--repeat", "2", "-j", "1"];
  const { exitCode, stdout } = await run([...ARGS, ...twice]);
  t.equal(exitCode, 1, stdout);
  t.match(stdout, /repeat\/second \(2\) is flaky: fails in 1 of 2 runs/);
  const { cases, totals, guests } = await sound(t);
  t.match(totals, { ok: 1, flaky: 1, regression: 0 });
  t.match(cases, [
    { repetition: 0, verdict: "ok", flaky: null },
    { repetition: 1, verdict: "flaky", flaky: { runs: 2, failed: 1 }, confirmed: 0 },
  ]);
  t.equal(guests.length, 1, "two runs say enough: it is not run again");
});

t.test("a panic at boot makes the kernel untestable, at once and with its reason", async (t) => {
  const built = JSON.parse((await uffdwp(["build", "--json", "--quiet"])).stdout);
  const kernel = readFileSync(built.vmlinux);
  // No init anywhere, init/main.c: a linker lets "/sbin/init" and the initramfs's "/init" share a tail.
  const name = Buffer.from("/init\0");
  for (let at = kernel.indexOf(name); at >= 0; at = kernel.indexOf(name, at + 1)) {
    kernel.write("/none", at);
  }
  const path = join(t.testdir(), "vmlinux");
  writeFileSync(path, kernel);
  const { run, sound } = stage(t);
  const { exitCode, stderr } = await run([
    "run",
    "-k",
    `image:${path}`,
    "--boot",
    "qemu",
    "-j",
    "1",
  ]);
  t.equal(exitCode, 125);
  t.match(stderr, /did not reach the guest's init: kernel panic: /);
  const record = await sound(t);
  t.match(record, { status: "untestable", reason: /kernel panic/, guests: exactly([]) });
  t.equal(record.failedBoots.length, 1, "what has said why is not tried again");
  t.match(record.findings, [{ kind: "panic", case: null, guest: 0, allowed: null }]);
  t.ok(record.cases.every(({ outcome }) => outcome === "not-run"));
});
