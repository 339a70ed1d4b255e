// Phrases that several reports share.
import type { Run } from "../record/run-schema.ts";

/** `6.1.192 (linux-source-6.1 6.1.192-2), 2 patches`. */
export function kernelWords(run: Run): string {
  const { series } = run.kernel;
  const patches = series.length === 0 ? [] : [count(series.length, "patch", "patches")];
  return [kernelName(run), ...patches].join(", ");
}

/** `6.1.192 (linux-source-6.1 6.1.192-2)`. */
export function kernelName({ kernel }: Run): string {
  return kernel.release ? `${kernel.release} (${kernel.source})` : kernel.source;
}

/** `virtme-ng, tcg, 1 cpu, 768 MiB`. */
export function machineWords({ machine }: Run): string {
  if (!machine) return "no machine";
  const { boot, accel, cpus, memory } = machine;
  return `${boot}, ${accel}, ${count(cpus, "cpu", "cpus")}, ${memory} MiB`;
}

/** `2 regressions, 152 as expected`: what is zero is left out, but for the last. */
export function totalsWords({ totals, baseline }: Run): string {
  const parts: [number, string, string][] = [
    [totals.regression, "regression", "regressions"],
    [totals.flaky, "flaky", "flaky"],
    [totals.unexpectedPass, "unexpected pass", "unexpected passes"],
    [totals.unexpectedSkip, "unexpected skip", "unexpected skips"],
    [totals.lost, "lost", "lost"],
    [totals.known, "known", "known"],
  ];
  const said = parts.filter(([n]) => n > 0).map((part) => count(...part));
  const against = baseline ? `; judged against ${baseline.id}` : "";
  return `${[...said, `${totals.ok} as expected`].join(", ")}${against}`;
}

/** `1 min 3 s`; milliseconds below a second. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `99.87 %` of a share from 0 to 1; never rounded up to certainty. */
export function percentWords(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

/** From a run's start to its end, in milliseconds; 0 for one that has none. */
export function runDuration({ started, finished }: Run): number {
  // The clock may have been set back meanwhile.
  return finished ? Math.max(0, Date.parse(finished) - Date.parse(started)) : 0;
}

/** The first clauses of a reason: the others tell the same of more pages. */
export function briefReason(reason: string, clauses = 3): string {
  const all = reason.split("; ");
  const more = all.length - clauses;
  return [...all.slice(0, clauses), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
