import t from "tap";
import type { Machine } from "../../harness/guest/machine.ts";
import { shellCommandLine } from "../../harness/guest/qemu-command.ts";
import { gdbAdvice } from "../../harness/guest/shell-guest.ts";
import { virtmeShellCommand } from "../../harness/guest/virtme-command.ts";
import type { Kernel } from "../../harness/kernel/kernel.ts";

const kernel = { image: "/k/bzImage", vmlinux: "/k/vmlinux" } as Kernel;
const machine: Machine = { boot: "qemu", accel: "tcg", cpus: 1, memory: 768 };

t.test("a guest that waits for a debugger is there for this machine alone", async (t) => {
  for (const command of [
    shellCommandLine(kernel, "/i/initramfs", machine, true),
    virtmeShellCommand(kernel, { ...machine, boot: "virtme-ng" }, true),
  ]) {
    const words = command.join(" ");
    t.match(words, / ?-gdb tcp:127\.0\.0\.1:1234 -S\b/);
    t.notMatch(words, /[ =]-s\b/, "that listens on every interface");
  }
  t.equal(gdbAdvice(kernel), "gdb /k/vmlinux -ex 'target remote 127.0.0.1:1234'");
});

t.test("nobody waits unless it is asked for", async (t) => {
  for (const command of [
    shellCommandLine(kernel, "/i/initramfs", machine, false),
    virtmeShellCommand(kernel, machine, false),
  ]) {
    t.notMatch(command.join(" "), /-gdb|-S\b/);
  }
});
