import t from "tap";
import { BootFailure, isWorthAnother } from "../../harness/guest/boot.ts";
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
