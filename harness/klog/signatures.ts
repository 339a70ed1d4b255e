// What the kernel says when something is wrong, and what syzkaller would call it.

export interface Signature {
  readonly kind: string;
  readonly pattern: RegExp;
  /**
   * The title: $1… are the pattern's groups, {fn} the guilty function of the report, {access} Read
   * or Write where the report says which.
   */
  readonly title: string;
  /** A report of this one line alone: nothing that follows belongs to it. */
  readonly single?: true;
}

const FN = "([\\w.]+)(?:\\.(?:isra|constprop|part|cold)[\\w.]*)?\\+0x";

/** The first that matches wins: the special ones stand before the general ones. */
export const signatures: readonly Signature[] = [
  {
    kind: "kasan",
    pattern: new RegExp(`BUG: KASAN: ([\\w-]+) in ${FN}`),
    title: "KASAN: $1 {access} in $2",
  },
  { kind: "kasan", pattern: /BUG: KASAN: ([\w-]+)/, title: "KASAN: $1 {access} in {fn}" },
  {
    kind: "kfence",
    pattern: new RegExp(`BUG: KFENCE: ([\\w -]+?) in ${FN}`),
    title: "KFENCE: $1 in $2",
  },
  {
    kind: "kmsan",
    pattern: new RegExp(`BUG: KMSAN: ([\\w-]+) in ${FN}`),
    title: "KMSAN: $1 in $2",
  },
  {
    kind: "kcsan",
    pattern: /BUG: KCSAN: ([\w-]+) in ([\w.]+) \/ ([\w.]+)/,
    title: "KCSAN: $1 in $2 / $3",
  },
  {
    kind: "kcsan",
    pattern: new RegExp(`BUG: KCSAN: ([\\w-]+) in ${FN}`),
    title: "KCSAN: $1 in $2",
  },
  { kind: "ubsan", pattern: /UBSAN: ([\w-]+) in /, title: "UBSAN: $1 in {fn}" },
  { kind: "lockup", pattern: /watchdog: BUG: soft lockup/, title: "BUG: soft lockup in {fn}" },
  { kind: "lockup", pattern: /hard LOCKUP|Hard LOCKUP/, title: "BUG: hard lockup in {fn}" },
  {
    kind: "rcu-stall",
    pattern: /(?:rcu: )?INFO: rcu_\w+ (?:self-)?detected(?: expedited)? stall/,
    title: "INFO: rcu detected stall in {fn}",
  },
  {
    kind: "hung-task",
    pattern: /INFO: task ([\w./:+-]+):\d+ blocked for more than/,
    title: "INFO: task hung in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: possible circular locking dependency detected/,
    title: "possible deadlock in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: possible recursive locking detected/,
    title: "possible deadlock in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: (?:SOFTIRQ|HARDIRQ)\S* -> \S+ lock order/,
    title: "possible deadlock in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: inconsistent lock state/,
    title: "inconsistent lock state in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: suspicious RCU usage/,
    title: "WARNING: suspicious RCU usage in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: bad unlock balance detected/,
    title: "WARNING: bad unlock balance in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /WARNING: (?:lock held when returning to user space|held lock freed)!?/,
    title: "WARNING: locking bug in {fn}",
  },
  {
    kind: "lockdep",
    pattern: /INFO: trying to register non-static key/,
    title: "INFO: trying to register non-static key in {fn}",
  },
  {
    kind: "warning",
    pattern: new RegExp(
      `WARNING: (?:CPU: \\d+ PID: \\d+ at )?(?:\\.{0,2}/?[\\w./-]+\\.[chS]:\\d+|0x[0-9a-f]+) (?:at )?${FN}`,
    ),
    title: "WARNING in $1",
  },
  {
    kind: "warning",
    pattern: /WARNING: (?:CPU: \d+ PID: \d+ at )?[\w./-]+\.[chS]:\d+/,
    title: "WARNING in {fn}",
  },
  { kind: "bug", pattern: /kernel BUG at [\w./-]+:\d+/, title: "kernel BUG in {fn}" },
  {
    kind: "oops",
    pattern: /BUG: kernel NULL pointer dereference/,
    title: "BUG: unable to handle kernel NULL pointer dereference in {fn}",
  },
  {
    kind: "oops",
    pattern: /BUG: unable to handle (?:kernel NULL pointer dereference)/,
    title: "BUG: unable to handle kernel NULL pointer dereference in {fn}",
  },
  {
    kind: "oops",
    pattern: /BUG: unable to handle (?:page fault for address|kernel paging request)/,
    title: "BUG: unable to handle kernel paging request in {fn}",
  },
  { kind: "oops", pattern: /general protection fault/, title: "general protection fault in {fn}" },
  { kind: "oops", pattern: /divide error: /, title: "divide error in {fn}" },
  { kind: "oops", pattern: /invalid opcode: /, title: "invalid opcode in {fn}" },
  {
    kind: "bug",
    pattern: /BUG: stack guard page was hit/,
    title: "BUG: stack guard page was hit in {fn}",
  },
  {
    kind: "bug",
    pattern: /BUG: sleeping function called from invalid context/,
    title: "BUG: sleeping function called from invalid context in {fn}",
  },
  {
    kind: "bug",
    pattern: /BUG: scheduling while atomic/,
    title: "BUG: scheduling while atomic in {fn}",
  },
  { kind: "bad-page", pattern: /BUG: Bad page state/, title: "BUG: Bad page state" },
  { kind: "bad-page", pattern: /BUG: Bad page map/, title: "BUG: Bad page map" },
  {
    kind: "rss-counter",
    pattern: /BUG: Bad rss-counter state/,
    title: "BUG: Bad rss-counter state",
    single: true,
  },
  {
    kind: "bug",
    pattern: /BUG: non-zero pgtables_bytes on freeing mm/,
    title: "BUG: non-zero pgtables_bytes on freeing mm",
    single: true,
  },
  { kind: "page-table-check", pattern: /page_table_check: (.*)/, title: "page_table_check: $1" },
  { kind: "bug", pattern: /BUG: workqueue lockup/, title: "BUG: workqueue lockup" },
  { kind: "bug", pattern: /BUG: spinlock (\w+)/, title: "BUG: spinlock $1 in {fn}" },
  { kind: "bug", pattern: /\bBUG: ([\w ,'-]+)/, title: "BUG: $1" },
  {
    kind: "oom",
    pattern: /(?:Out of memory|Memory cgroup out of memory): Kill(?:ed)? process \d+ \(([^)]*)\)/,
    title: "Out of memory: Killed process $1",
    single: true,
  },
  { kind: "panic", pattern: /Kernel panic - not syncing: (.*)/, title: "kernel panic: $1" },
  { kind: "oops", pattern: /\bOops: /, title: "Oops in {fn}" },
];

/** A panic that only says that something before it was fatal. */
export const CONSEQUENCE =
  /Kernel panic - not syncing: (Fatal exception|panic_on_warn|.*: panic_on_warn|softlockup: hung|hung_task: blocked|kernel: panic)/;

/** What looks like a signature and is none. */
export const HARMLESS: readonly RegExp[] = [
  /WARNING: .*(?:deprecated|not a bug)/i,
  /\bRODATA\b/,
  /debug: enabled|DEBUG_LOCKS_WARN_ON\(1\) test/,
];
