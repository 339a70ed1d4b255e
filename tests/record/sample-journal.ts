// The journal of a small run in which everything has happened once.
import { jobFrom } from "../../harness/plan/job.ts";
import type { JournalEvent, RunEvent } from "../../harness/record/journal-event.ts";
import type { Verdict } from "../../harness/verdict/verdict.ts";

const time = "2026-02-03T04:05:06.000Z";

export const begin: RunEvent = {
  event: "run",
  schema: 1,
  id: "20260203T040506-6.1.192",
  time,
  image: "abc",
  job: jobFrom({ kernel: "debian:6.1", series: ["a b.mbox"], boot: "auto", cases: ["**"] }),
  kernel: {
    release: "6.1.192",
    buildId: "beef",
    image: "/k/bzImage",
    vmlinux: "/k/vmlinux",
    config: "/k/config",
    modules: undefined,
    buildLog: "/k/build.log",
    key: "k",
    source: "linux-source-6.1 6.1.192-2",
    series: ['mm: break <it> & "more"'],
    kconfig: ["base", "swap"],
    configHash: "c0ffee",
  },
  machine: { boot: "qemu", accel: "tcg", cpus: 2, memory: 768, qemu: "QEMU emulator version 7.2" },
  cases: [
    { id: "shmem/present/write", suite: "survive", title: "a write raises an event" },
    { id: "shmem-private/swap/madv-dontneed", suite: "survive", title: "the entry is marker" },
    { id: "anon/present/ksm", suite: "survive", title: "merging keeps the bit" },
    { id: "shmem/present/munmap", suite: "teardown", title: "nothing is left" },
    { id: "shmem/marker/munmap", suite: "teardown", title: "no marker is left" },
    { id: "anon/swap/munmap", suite: "teardown", title: "never reached" },
  ],
};

export const usual: Verdict = {
  id: "",
  suite: "survive",
  repetition: 0,
  outcome: "pass",
  expected: "pass",
  verdict: "ok",
  reason: "",
  because: "",
  durationMs: 40,
  guest: 0,
  findings: [],
  output: "",
};

function verdict(changes: Partial<Verdict>): JournalEvent {
  return { event: "verdict", time, verdict: { ...usual, ...changes } };
}

const finding = {
  title: "WARNING in zap_pte_range",
  kind: "warning",
  line: 12,
  endLine: 20,
  corrupted: false,
  count: 1,
  lines: ["WARNING: at <x> & y", "RIP: 0010:zap_pte_range+0x1/0x2"],
};

export const events: readonly JournalEvent[] = [
  { event: "guest", time, number: 0, bootMs: 1234 },
  verdict({ id: "shmem/present/write" }),
  verdict({
    id: "shmem-private/swap/madv-dontneed",
    outcome: "fail",
    verdict: "regression",
    reason: "pagemap: page 0 is none, expected <marker> ]]> & more",
    findings: [finding],
    output: "# pagemap: \u0001 page 0\nnot ok 1 shmem-private/swap/madv-dontneed\n",
  }),
  verdict({
    id: "anon/present/ksm",
    outcome: "fail",
    expected: "fail",
    verdict: "known",
    because: "merging drops the bit (reported)",
  }),
  verdict({
    id: "shmem/present/munmap",
    suite: "teardown",
    outcome: "skip",
    expected: "skip",
    because: "this kernel has no CONFIG_X",
  }),
  verdict({
    id: "shmem/marker/munmap",
    suite: "teardown",
    outcome: "error",
    verdict: "lost",
    reason: "could not reclaim by MADV_PAGEOUT",
  }),
  { event: "finding", time, guest: 0, finding: { ...finding, title: "WARNING at boot", line: 1 } },
];

export const end: JournalEvent = {
  event: "end",
  time: "2026-02-03T04:06:16.000Z",
  status: "failed",
  reason: "",
};
