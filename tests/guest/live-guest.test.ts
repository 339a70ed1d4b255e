import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import t, { type Test } from "tap";
import { openChannels } from "../../harness/guest/channels.ts";
import { liveGuest } from "../../harness/guest/live-guest.ts";
import { exactly } from "../exactly.ts";

const WARNING = `[    3.4] WARNING: CPU: 0 PID: 52 at mm/memory.c:1 zap_pte_range+0x5f3/0x9a0\r
[    3.4] RIP: 0010:zap_pte_range+0x5f3/0x9a0\r
[    3.4] ---[ end trace 0000000000000000 ]---\r
`;
const PANIC = "[    3.6] Kernel panic - not syncing: Attempted to kill init!\r\n";
const IDENTITY = { release: "6.1.0", buildId: "ab", config: "", features: 0n };

/** What a runner says, by channel. */
interface Runner {
  readonly console: (text: string) => void;
  readonly control: (text: string) => void;
  readonly output: (text: string) => void;
  /** The machine is gone. */
  readonly die: () => void;
}

/** A guest whose runner answers each command as `answer` does. */
async function guestThat(t: Test, answer: (runner: Runner, seq: number) => unknown) {
  // Not below testdir(): the path of a socket has a hundred characters at most.
  const directory = mkdtempSync(join(tmpdir(), "uft-"));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  const channels = await openChannels(directory, directory);
  const { paths } = channels;
  const sockets = {
    console: connect(paths.console),
    control: connect(paths.control),
    output: connect(paths.output),
  };
  await Promise.all(
    Object.values(sockets).map((one) => new Promise((up) => one.on("connect", up))),
  );
  let die: () => void = () => {};
  const exited = new Promise<string>((resolve) => {
    die = () => {
      for (const socket of Object.values<Socket>(sockets)) socket.end();
      resolve("QEMU ended");
    };
  });
  const runner = {
    console: (text: string) => void sockets.console.write(text),
    control: (text: string) => void sockets.control.write(text),
    output: (text: string) => void sockets.output.write(text),
    die: () => die(),
  };
  sockets.control.on("data", (line: Buffer) => {
    const seq = /^run (\d+)/m.exec(line.toString())?.[1];
    if (seq) answer(runner, Number(seq));
  });
  const qemu = { exited, hasFailed: () => false, kill: async () => die() };
  const tearDown = async () => {
    die();
    await channels.close();
  };
  const guest = liveGuest({ number: 0, identity: IDENTITY, bootMs: 1, channels, qemu, tearDown });
  t.teardown(() => guest.close());
  const run = (seq = 1) => guest.run({ seq, program: "/cases/x", args: ["a/b/c"], limitMs: 1000 });
  return { guest, run, runner };
}

function begin({ console, control }: Runner, seq: number): void {
  console(`[    3.5] uffdwp: begin ${seq} a/b/c\r\n`);
  control(`begin ${seq}\n`);
}

function end({ console, control }: Runner, seq: number, bytes: number): void {
  console(`[    3.5] uffdwp: end ${seq}\r\n`);
  control(`\nend ${seq} exit=0 ms=1 timeout=0 bytes=${bytes}\n`);
}

const titles = (findings: readonly { title: string }[]) => findings.map(({ title }) => title);

t.test("a case has the findings and the output between its marks", async (t) => {
  const { run, runner, guest } = await guestThat(t, (runner, seq) => {
    begin(runner, seq);
    if (seq === 2) runner.console(WARNING);
    runner.output(`\n${seq} 3\nabc`);
    end(runner, seq, 3);
  });
  t.match(await run(1), {
    kind: "ended",
    exitCode: 0,
    output: "abc",
    began: true,
    usable: true,
    findings: exactly([]),
    stray: exactly([]),
  });
  t.match(await run(2), {
    findings: exactly([{ title: "WARNING in zap_pte_range" }]),
    stray: exactly([]),
  });
  runner.console(WARNING);
  await pause(50);
  const third = await run(3);
  t.match(third, {
    findings: exactly([]),
    stray: exactly([{ title: "WARNING in zap_pte_range" }]),
  });
  runner.console(PANIC);
  await pause(50);
  t.same(titles(await guest.close()), ["kernel panic: Attempted to kill init!"]);
});

t.test("a case under another mutant than the one asked for ends everything", async (t) => {
  const under = async (report: string) => {
    const { guest } = await guestThat(t, (runner, seq) => {
      begin(runner, seq);
      runner.console(`[    3.5] uffdwp: end ${seq}\r\n`);
      runner.control(`\nend ${seq} exit=0 ms=1 timeout=0 bytes=0${report}\n`);
    });
    return guest.run({ seq: 1, program: "/cases/x", args: ["a/b/c"], limitMs: 1000, mutant: 7 });
  };
  t.match(await under(" mutant=7 hits=3,17!"), { kind: "ended", mutant: { number: 7 } });
  await t.rejects(under(" mutant=12 hits="), /kernel had mutant 12 where 7 was asked for/);
  await t.rejects(under(""), /kernel had no mutants where 7 was asked for/);
});

t.test("who dies before a case has begun has not died of it", async (t) => {
  const panics = await guestThat(t, ({ console, die }) => {
    console(PANIC);
    die();
  });
  const run = await panics.run();
  t.match(run, { kind: "lost", how: "died", began: false, usable: false, findings: exactly([]) });
  t.same(titles(run.stray), ["kernel panic: Attempted to kill init!"]);

  const silent = await guestThat(t, ({ die }) => die());
  t.match(await silent.run(), {
    kind: "lost",
    began: false,
    stray: exactly([{ title: "guest died", lines: exactly([/^$/, "QEMU ended"]) }]),
  });
});

t.test("who dies in a case has died of it, although nobody has heard it begin", async (t) => {
  const { run } = await guestThat(t, (runner) => {
    runner.console("[    3.5] uffdwp: begin 1 a/b/c\r\n");
    runner.console(PANIC);
    runner.die();
  });
  const lost = await run();
  t.match(lost, { kind: "lost", how: "died", began: true, usable: false, stray: exactly([]) });
  t.same(titles(lost.findings), ["kernel panic: Attempted to kill init!"]);
});

t.test("a guest that says nothing is given up after its limit and its grace", async (t) => {
  const { guest } = await guestThat(t, begin);
  const command = { seq: 1, program: "/cases/x", args: ["a/b/c"], limitMs: 40, graceMs: 20 };
  const hung = await guest.run(command);
  t.match(hung, { kind: "lost", how: "hung", began: true, reason: "silent for 0.06 s" });
});

t.test("output that does not come is no verdict, and the guest is not used any more", async (t) => {
  const { run } = await guestThat(t, (runner, seq) => {
    begin(runner, seq);
    runner.output(`\n${seq} 10\nok`);
    end(runner, seq, 10);
  });
  t.match(await run(), {
    kind: "lost",
    how: "hung",
    began: true,
    usable: false,
    output: "ok",
    reason: "only 2 of the 10 bytes that it has printed came",
  });
});

t.test("a kernel log that lags behind costs the guest, not the case", async (t) => {
  const { run } = await guestThat(t, ({ control, console }, seq) => {
    console(`[    3.5] uffdwp: begin ${seq} a/b/c\r\n`);
    control(`begin ${seq}\n\nend ${seq} exit=0 ms=1 timeout=0 bytes=0\n`);
    setTimeout(() => console(WARNING), 100);
  });
  const run1 = await run();
  t.match(run1, { kind: "ended", exitCode: 0, usable: false, stray: exactly([]) });
  t.same(titles(run1.findings), ["WARNING in zap_pte_range"]);
});

t.test(
  "a task that SIGKILL does not end costs the guest, and its reports are the case's",
  async (t) => {
    const { run } = await guestThat(t, (runner, seq) => {
      begin(runner, seq);
      runner.console(`[    3.5] uffdwp: end ${seq}\r\n`);
      runner.console("[    9.1] INFO: task fault:77 blocked for more than 1 seconds.\r\n");
      runner.control(`\nend ${seq} stuck=0 ms=1 timeout=0 bytes=0\n`);
    });
    const stuck = await run();
    t.match(stuck, { kind: "lost", how: "hung", usable: false, stray: exactly([]) });
    t.match(titles(stuck.findings), exactly([/task hung/]));
  },
);
