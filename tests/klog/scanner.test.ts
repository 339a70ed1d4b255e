import fc from "fast-check";
import t from "tap";
import type { Finding } from "../../harness/klog/finding.ts";
import { createScanner } from "../../harness/klog/scanner.ts";

const WARNING = `[    3.401122] ------------[ cut here ]------------
[    3.401571] WARNING: CPU: 0 PID: 52 at include/linux/mm_inline.h:571 zap_pte_range+0x5f3/0x9a0
[    3.402223] CPU: 0 PID: 52 Comm: survive Not tainted 6.1.192 #1
[    3.402667] RIP: 0010:zap_pte_range+0x5f3/0x9a0
[    3.405112] Call Trace:
[    3.405304]  <TASK>
[    3.405466]  unmap_page_range+0x2f4/0x6b0
[    3.405771]  zap_page_range_single+0xd2/0x160
[    3.406102]  </TASK>
[    3.406270] ---[ end trace 0000000000000000 ]---
`;
const NEW_WARNING = `[    2.1] ------------[ cut here ]------------
[    2.1] WARNING: mm/memory.c:1561 at zap_pte_range+0x5f3/0x9a0, CPU#0: survive/52
[    2.1] RIP: 0010:zap_pte_range+0x5f3/0x9a0
[    2.1] ---[ end trace 0000000000000000 ]---
`;
const NULL_DEREFERENCE = `[    4.0] BUG: kernel NULL pointer dereference, address: 0000000000000008
[    4.0] #PF: supervisor read access in kernel mode
[    4.0] Oops: 0000 [#1] PREEMPT SMP NOPTI
[    4.0] CPU: 1 PID: 60 Comm: survive Not tainted 6.1.192 #1
[    4.0] RIP: 0010:do_swap_page+0x12/0x900
[    4.0] Call Trace:
[    4.0]  __handle_mm_fault+0x6a/0x1000
[    4.0] ---[ end trace 0000000000000000 ]---
[    4.0] Kernel panic - not syncing: Fatal exception
`;
function findingsOf(log: string | Uint8Array): Finding[] {
  const scanner = createScanner();
  return [...scanner.write(log), ...scanner.end()];
}
const titles = (log: string) => findingsOf(log).map(({ title }) => title);

t.test("a warning is named after its function, in both forms", async (t) => {
  t.match(findingsOf(WARNING), [
    { title: "WARNING in zap_pte_range", kind: "warning", line: 2, endLine: 10, corrupted: false },
  ]);
  t.same(titles(NEW_WARNING), ["WARNING in zap_pte_range"]);
});

t.test("an oops and the panic that it ends in are one report", async (t) => {
  t.same(titles(NULL_DEREFERENCE), [
    "BUG: unable to handle kernel NULL pointer dereference in do_swap_page",
  ]);
});

/** Since 6.10 die() says `Oops: ` before what happened. */
const PROTECTION_FAULT = `[    9.0] Oops: general protection fault, probably for non-canonical address 0xdead000000000122: 0000 [#1] PREEMPT SMP
[    9.0] RIP: 0010:move_ptes+0x55/0x900
[    9.0] Call Trace:
[    9.0]  <TASK>
[    9.0]  move_page_tables+0x10/0x20
[    9.0]  </TASK>
[    9.0] ---[ end trace 0000000000000000 ]---
[    9.0] Kernel panic - not syncing: Fatal exception
`;
const trace = (name: string) => `[    9.0] RIP: 0010:${name}+0x1/0x2
[    9.0] Call Trace:
[    9.0]  caller+0x1/0x2
`;

t.test("what comes after a whole report is a report of its own", async (t) => {
  const warning = "WARNING in zap_pte_range";
  t.match(findingsOf(WARNING + PROTECTION_FAULT), [
    { title: warning, line: 2, endLine: 10 },
    { title: "general protection fault in move_ptes", line: 11, endLine: 18 },
  ]);
  for (const [line, title] of [
    ["general protection fault: 0000 [#1] SMP", "general protection fault in uffd_wp_range"],
    ["Oops: divide error: 0000 [#1] PREEMPT SMP", "divide error in uffd_wp_range"],
    ["Oops: invalid opcode: 0000 [#1] PREEMPT SMP", "invalid opcode in uffd_wp_range"],
    ["Oops: int3: 0000 [#1] PREEMPT SMP", "int3 in uffd_wp_range"],
    ["Oops: Oops: 0002 [#1] PREEMPT SMP", "Oops in uffd_wp_range"],
    ["Internal error: Oops - BUG: 00000000f2000800 [#1] SMP", "Internal error in uffd_wp_range"],
    ["traps: PANIC: double fault, error_code: 0x0", "PANIC: double fault in uffd_wp_range"],
    ["Kernel panic - not syncing: sysrq triggered crash", "kernel panic: sysrq triggered crash"],
    [
      "Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)",
      "kernel panic: VFS: Unable to mount root fs on unknown-block(NUM,NUM)",
    ],
    [
      "Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009",
      "kernel panic: Attempted to kill init!",
    ],
    [
      "unregister_netdevice: waiting for lo to become free. Usage count = 2",
      "unregister_netdevice: waiting for DEV to become free",
    ],
  ] as const) {
    t.same(titles(`${WARNING}[    9.0] ${line}\n${trace("uffd_wp_range")}`), [warning, title]);
  }
});

t.test("a report without an end takes no crash that comes later", async (t) => {
  const counter =
    "[    5.0] BUG: Bad rss-counter state mm:00000000a5a5a5a5 type:MM_FILEPAGES val:1\n";
  const kasan = `[    5.0] BUG: KASAN: slab-use-after-free in zap_pte_range+0x1/0x2
[    5.0] Read of size 8 at addr ffff888003a1c0a8 by task case/77
[    5.0] Call Trace:
[    5.0]  zap_pte_range+0x1/0x2
`;
  const crash = `[    9.0] Oops: Oops: 0002 [#1] SMP\n${trace("move_ptes")}`;
  const sysrq = "[    9.0] Kernel panic - not syncing: sysrq triggered crash\n";
  for (const [before, title] of [
    [counter, "BUG: Bad rss-counter state"],
    [kasan, "KASAN: slab-use-after-free Read in zap_pte_range"],
  ] as const) {
    t.same(titles(before + PROTECTION_FAULT), [title, "general protection fault in move_ptes"]);
    t.same(titles(before + crash), [title, "Oops in move_ptes"]);
    t.same(titles(before + sysrq), [title, "kernel panic: sysrq triggered crash"]);
  }
});

t.test("the line of die() and the panic belong to what they are about", async (t) => {
  const end = "[    9.0] ---[ end trace 0000000000000000 ]---\n";
  const panic = "[    9.0] Kernel panic - not syncing: ";
  const fault = "BUG: unable to handle page fault for address: ffffea0000000008";
  for (const [head, die, why, title] of [
    [
      fault,
      "Oops: 0000 [#1] SMP",
      "Fatal exception",
      "BUG: unable to handle kernel paging request",
    ],
    [
      fault,
      "Oops: Oops: 0000 [#1] SMP",
      "Fatal exception in interrupt",
      "BUG: unable to handle kernel paging request",
    ],
    [
      fault,
      "Oops: Oops: 0000 [#1] SMP",
      "Attempted to kill init! exitcode=0x00000009",
      "BUG: unable to handle kernel paging request",
    ],
    ["kernel BUG at mm/a.c:1!", "invalid opcode: 0000 [#1]", "Fatal exception", "kernel BUG"],
    ["kernel BUG at mm/a.c:1!", "Oops: invalid opcode: 0000 [#1]", "Fatal exception", "kernel BUG"],
    [
      "kernel BUG at mm/a.c:1!",
      "Internal error: Oops - BUG: 00000000f2000800 [#1] SMP",
      "Oops - BUG: Fatal exception",
      "kernel BUG",
    ],
    ["kernel BUG at mm/a.c:1!", "Kernel BUG [#1]", "Fatal exception", "kernel BUG"],
    [
      "PANIC: double fault, error_code: 0x0",
      "Oops: double fault: 0000 [#1] SMP",
      "Machine halted.",
      "PANIC: double fault",
    ],
  ] as const) {
    const log = `[    9.0] ${head}\n[    9.0] ${die}\n${trace("uffd_wp_range")}${end}${panic}${why}\n`;
    t.same(titles(log), [`${title} in uffd_wp_range`]);
    t.same(titles(WARNING + log), ["WARNING in zap_pte_range", `${title} in uffd_wp_range`]);
  }
});

t.test("a panic that a setting asks for belongs to the report before it", async (t) => {
  for (const why of [
    "panic_on_warn set ...",
    "panic_on_kmsan set ...",
    "kernel: panic_on_warn set ...",
    "KASAN: panic_on_warn set ...",
    "kasan.fault=panic set ...",
    "softlockup: hung tasks",
    "hung_task: blocked tasks",
    "RCU Stall",
    "Hard LOCKUP",
  ]) {
    t.same(titles(`${WARNING}[    9.0] Kernel panic - not syncing: ${why}\n`), [
      "WARNING in zap_pte_range",
    ]);
  }
});

t.test("two reports are two", async (t) => {
  t.same(titles(WARNING + NULL_DEREFERENCE).length, 2);
});

t.test("a panic by itself counts", async (t) => {
  t.same(
    titles("[  1.0] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009\n"),
    ["kernel panic: Attempted to kill init!"],
  );
});

t.test("counters, stalls, kills and locks", async (t) => {
  t.same(titles("[ 1.0] BUG: Bad rss-counter state mm:00000000 type:MM_SWAPENTS val:1\n"), [
    "BUG: Bad rss-counter state",
  ]);
  t.match(titles("[ 1.0] rcu: INFO: rcu_sched detected stalls on CPUs/tasks:\n"), [
    /rcu detected stall/,
  ]);
  t.match(titles("[ 1.0] Out of memory: Killed process 77 (survive) total-vm:1kB\n"), [
    "Out of memory: Killed process survive",
  ]);
  t.match(titles("[ 1.0] WARNING: possible circular locking dependency detected\n"), [
    "WARNING: possible circular locking dependency detected",
  ]);
});

t.test("ordinary chatter is no finding", async (t) => {
  const chatter = `[    0.1] Spectre V1 : Mitigation: usercopy/swapgs barriers
[    0.2] debug: unmapping init memory
[    0.3] uffdwp: begin 1 shmem/present/write
[    0.3] uffdwp: end 1
[    0.4] Adding 65532k swap on /dev/ram0.  Priority:-2 extents:1 across:65532k
`;
  t.same(titles(chatter), []);
});

t.test("the next case's mark ends a report", async (t) => {
  const cut = WARNING.split("\n").slice(0, 4).join("\n");
  const [finding] = findingsOf(`${cut}\n[    3.5] uffdwp: end 4\n[    3.6] more\n`);
  t.equal(finding?.endLine, 4);
});

t.test("however the bytes are cut, the findings are the same", async () => {
  const log = Buffer.from(WARNING + NULL_DEREFERENCE);
  const whole = JSON.stringify(findingsOf(log));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (size) => {
      const scanner = createScanner();
      const found = [];
      for (let at = 0; at < log.length; at += size)
        found.push(...scanner.write(log.subarray(at, at + size)));
      found.push(...scanner.end());
      return JSON.stringify(found) === whole;
    }),
  );
});

t.test("no bytes make it throw", async () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => Array.isArray(findingsOf(bytes))),
  );
});

t.test("a report is found behind garbage without a line break", async (t) => {
  for (const length of [100, 1000, 15_000]) {
    const [finding] = findingsOf(`${"x".repeat(length)}${WARNING.replace(/^.*\n/, "")}`);
    t.match(finding, { title: "WARNING in zap_pte_range", line: 1, endLine: 9 });
  }
});

t.test("reports are taken between two lines, wherever the log has got to", async (t) => {
  const scanner = createScanner();
  const log = `${WARNING}[    5.0] BUG: Bad rss-counter state mm:00000000a5a5a5a5 type:MM_FILEPAGES val:1\n`;
  const found: Finding[] = [];
  for (const character of log) found.push(...scanner.write(character), ...scanner.take());
  t.match(found, [
    { title: "WARNING in corrupted", line: 2 },
    { title: "BUG: Bad rss-counter state", line: 11, endLine: 11 },
  ]);
  t.same(scanner.write("[    6.0] BUG: Bad rss-counter state"), []);
  t.same(scanner.take(), [], "it may go on");
  t.match(scanner.end(), [{ title: "BUG: Bad rss-counter state", line: 12 }], "but not at the end");
});
