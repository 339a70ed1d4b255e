// Journals of runs that never took place, as large and as many as a measurement wants them.

import { jobFrom } from "../harness/plan/job.ts";
import type { JournalEvent, RunEvent } from "../harness/record/journal-event.ts";
import type { Verdict } from "../harness/verdict/verdict.ts";

export interface Shape {
  readonly cases: number;
  /** Which run it is, from 0: a minute a run. */
  readonly index: number;
  /** How often each case runs. */
  readonly repeat?: number;
  /** The share of cases that fail, from 0 to 1. */
  readonly failing: number;
}

const MAPPINGS = ["shmem", "shmem-private", "anon", "hugetlb"];
const FORMS = ["present", "swap", "marker"];

/** Pseudo-random, and the same each time: a result depends on run and case alone. */
function chance(...seeds: readonly number[]): number {
  let hash = 2166136261;
  for (const seed of seeds) hash = Math.imul(hash ^ seed, 16777619) >>> 0;
  return ((Math.imul(hash ^ (hash >>> 15), 2246822519) >>> 0) % 10_000) / 10_000;
}

export function runName(index: number): string {
  const time = timeOf(index).replaceAll(/[-:]|\.000Z/g, "");
  return `${time}-6.1.${index % 200}`;
}

/** The events of a whole run. */
export function syntheticJournal({ cases, index, failing, repeat = 1 }: Shape): JournalEvent[] {
  const time = timeOf(index);
  const planned = Array.from({ length: cases }, (_, i) => ({
    id: caseId(i),
    suite: `suite-${i % 9}`,
    title: "the entry is marker, and a write raises an event",
  }));
  const begin: RunEvent = {
    event: "run",
    schema: 1,
    id: runName(index),
    time,
    image: "x",
    cases: planned,
    job: jobFrom({ kernel: "debian:6.1", repeat }),
    kernel: {
      release: `6.1.${index % 200}`,
      buildId: "0",
      image: "",
      vmlinux: undefined,
      key: "",
      config: undefined,
      modules: undefined,
      buildLog: undefined,
      configHash: "",
      source: `linux-source-6.1 6.1.${index % 200}`,
      series: [],
      kconfig: ["base"],
    },
    machine: { boot: "qemu", accel: "tcg", cpus: 1, memory: 768, qemu: "QEMU emulator" },
  };
  const turns = Array.from({ length: repeat }, (_, repetition) => repetition);
  const events = turns.flatMap((repetition) =>
    planned.flatMap(({ id, suite }, i): JournalEvent[] => {
      const fails = chance(index, i, repetition) < failing;
      const verdict = verdictOf(id, suite, fails, chance(i, index, repetition));
      return [
        { event: "begin", time, id, repetition, guest: 0 },
        { event: "verdict", time, verdict: { ...verdict, repetition } },
      ];
    }),
  );
  return [
    begin,
    { event: "guest", time, number: 0, bootMs: 1000 },
    ...events,
    { event: "end", time, status: "failed", reason: "" },
  ];
}

export function caseId(i: number): string {
  const mapping = MAPPINGS[i % MAPPINGS.length];
  const form = FORMS[Math.floor(i / MAPPINGS.length) % FORMS.length];
  return `${mapping}/${form}/operation-${Math.floor(i / (MAPPINGS.length * FORMS.length))}`;
}

function verdictOf(id: string, suite: string, fails: boolean, random: number): Verdict {
  return {
    id,
    suite,
    repetition: 0,
    expected: "pass",
    because: "",
    guest: 0,
    findings: [],
    outcome: fails ? "fail" : "pass",
    verdict: fails ? "regression" : "ok",
    reason: fails ? "pagemap: uffd-wp of page 1 is clear, expected set (none)" : "",
    durationMs: Math.round(10 + random * 40),
    output: fails ? "not ok 1\n" : "ok 1\n",
  };
}

function timeOf(index: number): string {
  return new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString();
}
