import t, { type Test } from "tap";
import { BootFailure, isWorthAnother } from "../../harness/guest/boot.ts";
import type { Machine } from "../../harness/guest/machine.ts";
import type { Image } from "../../harness/image/image.ts";
import type { Kernel } from "../../harness/kernel/kernel.ts";
import { findingsOf } from "../../harness/klog/findings.ts";

async function failure(log = ""): Promise<BootFailure> {
  return new BootFailure("no hello", await findingsOf([log]));
}

const WARNING = `[ 1.0] WARNING: CPU: 0 PID: 1 at init/main.c:1 start_kernel+0x1/0x2
[ 1.0] RIP: 0010:start_kernel+0x1/0x2
[ 1.0] ---[ end trace 0000000000000000 ]---
`;
const STALL = "[ 9.0] rcu: INFO: rcu_sched detected stalls on CPUs/tasks:\n";
const PANIC = "[ 1.0] Kernel panic - not syncing: No working init found.\n";
const BUG = "[ 1.0] kernel BUG at mm/slub.c:1!\n";
const PANIC_ON_WARN = `${WARNING}[ 1.1] Kernel panic - not syncing: panic_on_warn set ...\n`;

t.test(
  "a boot is explained by what a kernel does not go on after, and by nothing less",
  async (t) => {
    for (const log of ["", WARNING, STALL]) t.notOk((await failure(log)).explained, log);
    for (const log of [PANIC, BUG, PANIC_ON_WARN, WARNING + PANIC]) {
      t.ok((await failure(log)).explained, log);
    }
  },
);

t.test("what says nothing is tried three times, what explains itself once", async (t) => {
  const [silent, warns, panics] = [await failure(), await failure(WARNING), await failure(PANIC)];
  t.ok(isWorthAnother([silent], false));
  t.ok(isWorthAnother([warns, silent], false), "a warning does not say why it hangs");
  t.notOk(isWorthAnother([silent, warns, silent], false));
  t.notOk(isWorthAnother([panics], false));
  t.ok(isWorthAnother([panics], true), "it has come up before");
  t.notOk(isWorthAnother([panics, panics], true));
  t.notOk(isWorthAnother([panics, silent, silent], true));
});

/** Boots guests that never say a word, but for what stands in the log of each. */
async function bootSilently(t: Test, logs: readonly string[]) {
  const told: string[] = [];
  let number = 0;
  const killed: number[] = [];
  const { bootGuestPatiently } = (await t.mockImport("../../harness/guest/boot.ts", {
    "../../harness/guest/qemu-command.ts": { qemuCommand: () => ["qemu"] },
    "../../harness/guest/qemu-process.ts": {
      startQemu: () => ({ hasFailed: () => false, kill: async () => void killed.push(number) }),
    },
    "../../harness/guest/channels.ts": {
      openChannels: async () => ({
        paths: {},
        mailbox: { hello: async () => "silent for 1 s" },
        console: {
          takeFindings: () => ({ before: findings[number - 1], during: [], after: [] }),
          tail: () => "",
        },
        drained: async () => {},
        close: async () => {},
      }),
    },
  })) as typeof import("../../harness/guest/boot.ts");
  const findings = await Promise.all(logs.map((log) => findingsOf([log])));
  const machine = { boot: "qemu" } as Machine;
  const error = await bootGuestPatiently({} as Kernel, {} as Image, machine, {
    directory: t.testdir(),
    limitMs: 1000,
    nextGuest: () => number++,
    bootFailed: async (failed, reason) => void told.push(`${failed} ${reason.split(". Its")[0]}`),
  }).catch((error: Error) => error);
  return { error, told, killed };
}

t.test("a kernel that is silent three times is untestable", async (t) => {
  const { error, told, killed } = await bootSilently(t, ["", "", "", ""]);
  t.match(error, { exitCode: 125, stage: "boot", message: /silent for 1 s/ });
  const silence = "The kernel did not reach the guest's init: silent for 1 s";
  t.same(told, [`0 ${silence}`, `1 ${silence}`, `2 ${silence}`], "each boot is recorded");
  t.same([...new Set(killed)], [1, 2, 3], "and its QEMU ended");
});

t.test("one that panics after a silent boot has said why", async (t) => {
  const { error, told } = await bootSilently(t, ["", PANIC, ""]);
  t.match(error, { exitCode: 125, message: /No working init found/ });
  t.equal(told.length, 2);
});
