// What fits nowhere else: counters of networks and file systems, kills, watchdogs, restarts.
import { pickOfStall } from "../pick-function.ts";
import { type Family, fromFault } from "./signature.ts";

function oneLine(kind: string, header: string, line: RegExp, title: string): Family {
  return { header, kind, signatures: [{ kind, line, title, traceless: true }] };
}

/** x86's decompressor says so when the kernel starts. */
export const RESTART = "Booting the kernel.";

const counters: readonly Family[] = [
  oneLine(
    "bug",
    "unregister_netdevice: waiting for",
    /unregister_netdevice: waiting for .* to become free/,
    "unregister_netdevice: waiting for DEV to become free",
  ),
  oneLine(
    "bug",
    "VFS: Close: file count is 0",
    /VFS: Close/,
    "VFS: Close: file count is zero (use-after-free)",
  ),
  oneLine(
    "bug",
    "VFS: Busy inodes after unmount",
    /VFS: Busy/,
    "VFS: Busy inodes after unmount (use-after-free)",
  ),
];

const trusty: Family = {
  header: "trusty: panic",
  kind: "panic",
  signatures: [
    {
      kind: "panic",
      line: /trusty: panic \(.*?\):(?: DEBUG)? ASSERT FAILED at \(.*?\): (.+)/,
      title: "trusty: ASSERT FAILED: $1",
      traceless: true,
    },
    {
      kind: "panic",
      line: /trusty: panic.* ASSERT FAILED.*: *(.*)/,
      title: "trusty: ASSERT FAILED: $1",
      remnant: true,
    },
    {
      kind: "panic",
      line: /trusty: panic \(.*?\): (.+)/,
      title: "trusty: panic: $1",
      traceless: true,
    },
  ],
};

/** What programs say that give up on the same console: syzkaller's, and those in Go. */
const programs: readonly Family[] = [
  oneLine("program", "SYZFAIL:", /SYZFAIL:(.*)/, "SYZFAIL:$1"),
  oneLine("program", "SYZFATAL:", /SYZFATAL:(.*)/, "SYZFATAL:$1"),
  {
    ...oneLine("program", "fatal error:", /^fatal error:/, "go runtime error"),
    // A driver or a compiler says before it what it is about.
    harmless: [/^.+fatal error:/],
  },
];

export const others: readonly Family[] = [
  {
    ...oneLine("reboot", RESTART, /^Booting the kernel/, "unexpected kernel reboot"),
    harmless: [/Parsing ELF|Decompressing Linux|Unknown parameter '/],
  },
  ...counters,
  trusty,
  ...programs,
  {
    // Without the word BUG: kernel/watchdog.c, watchdog_hardlockup_check().
    header: "hard LOCKUP",
    kind: "lockup",
    signatures: [
      {
        kind: "lockup",
        line: /hard LOCKUP on cpu/,
        title: "BUG: hard lockup in {fn}",
        walk: fromFault({ pick: pickOfStall }),
      },
    ],
  },
  oneLine(
    "oom",
    "ut of memory: Kill",
    /ut of memory: Kill(?:ed)? process \d+ \(([^)]*)\)/,
    "Out of memory: Killed process $1",
  ),
  {
    header: "Oops",
    kind: "oops",
    signatures: [{ kind: "oops", line: /\bOops\b/, title: "Oops in {fn}", walk: fromFault() }],
  },
  {
    ...oneLine("panic", "panic:", /\bpanic:(.*)/, "panic:$1"),
    harmless: [/_panic:/, /(?:xlog|evtlog)_status:/],
  },
];
