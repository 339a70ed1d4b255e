// Dialects older than KTAP, turned into it line by line.

/** uffd-unit-tests before 6.1x: `Testing wp-fork on shmem... done`, perhaps with a reason behind it. */
const UNIT = "Testing ";
const UNIT_STATUS = /\.\.\. ?(done|failed|skipped)(?=$| \[reason: )/;
const UNIT_REASON = " [reason: ";
/** uffd-wp-mremap: the stable name stands on the line before the result. */
const RUN = /^# \[RUN\] (.*)$/s;
/** kselftest_harness.h before 6.10: a skip stands above a plain `ok`. */
const HARNESS_RUN = /^# {2}RUN {11}/;
const HARNESS_SKIP = /^# {6}SKIP {6}(.*)$/s;

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
    const unit = unitLine(line);
    if (unit !== undefined) return unit;
    const run = RUN.exec(line);
    if (run) running = run[1];
    const result = /^(ok|not ok) (\d+) (.*)$/s.exec(line);
    if (!result || running === undefined) return line;
    const [, status, number, said = ""] = result;
    const name = running;
    running = undefined;
    return said.includes("#") || said === name ? line : `${status} ${number} ${name} # ${said}`;
  });
}

function unitLine(line: string): string | undefined {
  if (!line.startsWith(UNIT)) return undefined;
  const text = line.slice(UNIT.length).trimEnd();
  const status = UNIT_STATUS.exec(text);
  if (!status || status.index === 0) return undefined;
  const name = text.slice(0, status.index);
  const rest = text.slice(status.index + status[0].length);
  if (rest !== "" && !rest.endsWith("]")) return undefined;
  const reason = rest.slice(UNIT_REASON.length, -1);
  if (status[1] === "done") return `ok ${name}`;
  return status[1] === "skipped"
    ? `ok ${name} # SKIP ${reason}`
    : `not ok ${name}${reason && ` # ${reason}`}`;
}
