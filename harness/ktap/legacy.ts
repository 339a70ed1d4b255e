// Dialects older than KTAP, turned into it line by line.

/** uffd-unit-tests before 6.1x: `Testing wp-fork on shmem... done`. */
const UNIT = /^Testing (.+)\.\.\. ?(done|failed|skipped)(?: \[reason: (.*)\])?\s*$/;
/** uffd-wp-mremap: the stable name stands on the line before the result. */
const RUN = /^# \[RUN\] (.*)$/;
/** kselftest_harness.h before 6.10: a skip stands above a plain `ok`. */
const HARNESS_RUN = /^# {2}RUN {11}/;
const HARNESS_SKIP = /^# {6}SKIP {6}(.*)$/;

/** Leaves every other line as it is. */
export function readLegacy(lines: readonly string[]): string[] {
  let running: string | undefined;
  let skipped: string | undefined;
  return lines.map((line) => {
    if (HARNESS_RUN.test(line)) skipped = undefined;
    skipped ??= HARNESS_SKIP.exec(line)?.[1];
    if (skipped !== undefined && /^ok \d+ [^#]*$/.test(line)) {
      const reason = skipped;
      skipped = undefined;
      return `${line} # SKIP ${reason}`;
    }
    const unit = UNIT.exec(line);
    if (unit) return unitLine(unit[1] ?? "", unit[2] ?? "", unit[3] ?? "");
    const run = RUN.exec(line);
    if (run) running = run[1];
    const result = /^(ok|not ok) (\d+) (.*)$/.exec(line);
    if (!result || running === undefined) return line;
    const [, status, number, said = ""] = result;
    const name = running;
    running = undefined;
    return said.includes("#") || said === name ? line : `${status} ${number} ${name} # ${said}`;
  });
}

function unitLine(name: string, how: string, reason: string): string {
  if (how === "done") return `ok ${name}`;
  return how === "skipped"
    ? `ok ${name} # SKIP ${reason}`
    : `not ok ${name}${reason && ` # ${reason}`}`;
}
