// A job as the flags that ask for it: what a record and a repro command show.
import { DEFAULTS, type Job } from "./job.ts";

/** Flags of `uffdwp run`, one word each; what is at its default is left out. */
export function requestOf(job: Job): string[] {
  return [
    ...kernelFlags(job),
    ...job.cases.flatMap((glob) => ["--case", glob]),
    ...job.suites.flatMap((suite) => ["--suite", suite]),
    ...job.ownCases.flatMap((directory) => ["--cases", directory]),
    ...job.allow.flatMap((file) => ["--allow", file]),
    ...machineFlags(job),
    ...(job.guests === undefined ? [] : ["-j", String(job.guests)]),
    ...(job.shard === undefined ? [] : ["--shard", job.shard]),
    ...(job.baseline === undefined ? [] : ["--baseline", job.baseline]),
    ...(job.confirm === DEFAULTS.confirm ? [] : ["--confirm", String(job.confirm)]),
    ...(job.repeat === DEFAULTS.repeat ? [] : ["--repeat", String(job.repeat)]),
  ];
}

/** Which kernel. */
function kernelFlags(job: Job): string[] {
  return [
    ...["-k", job.kernel],
    ...job.series.flatMap((series) => ["--series", series]),
    ...job.kconfig.flatMap((name) => ["--kconfig", name]),
    ...(job.modules === undefined ? [] : ["--modules", job.modules]),
  ];
}

/** On which machine, within which limits. */
function machineFlags({ boot, accel, cpus, memory, timeouts }: Job): string[] {
  return [
    ...(boot === DEFAULTS.boot ? [] : ["--boot", boot]),
    ...(accel === DEFAULTS.accel ? [] : ["--accel", accel]),
    ...(cpus === undefined ? [] : ["--cpus", String(cpus)]),
    ...(memory === DEFAULTS.memory ? [] : ["--memory", String(memory)]),
    ...(timeouts.case === undefined ? [] : ["--timeout", String(timeouts.case)]),
  ];
}
