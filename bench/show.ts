// A figure and what it is of, in one line.

/** @param ms milliseconds, shown in seconds */
export function show(what: string, ms: number): void {
  console.log(`${(ms / 1000).toFixed(1).padStart(6)} s  ${what}`);
}
