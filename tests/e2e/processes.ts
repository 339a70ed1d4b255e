// What runs on this machine because of a test.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Process ids of the guests of a harness; a QEMU that only says its version is none. */
export function guestsOf(harness: number): number[] {
  return processIds().filter((pid) => isGuest(pid) && parentOf(pid) === harness);
}

/**
 * Stops the guest of a harness in the midst of a case, and returns its process id: between two cases
 * its end is nobody's.
 *
 * @param directory the record of the run, with guest-N/
 */
export async function stopWithinCase(harness: number, directory: string): Promise<number> {
  for (;;) {
    const stopped = await stopIfWithinCase(harness, directory);
    if (stopped) return stopped.pid;
    await pause(10);
  }
}

/** Stops the guest of a harness if it is in the midst of a case, and says in which. */
export async function stopIfWithinCase(
  harness: number,
  directory: string,
): Promise<{ readonly pid: number; readonly id: string } | undefined> {
  const [pid] = guestsOf(harness);
  if (pid === undefined || !send(pid, "SIGSTOP")) return undefined;
  // What it has said until now is on its way into the log.
  await pause(100);
  const id = caseUnderWay(directory);
  if (id !== undefined) return { pid, id };
  send(pid, "SIGCONT");
  return undefined;
}

/** Returns whether there is still somebody to take the signal. */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** The case that the newest guest's last mark begins. A guest marks the end before it reports it. */
function caseUnderWay(directory: string): string | undefined {
  const numbers = readdirSync(directory).flatMap((name) => /^guest-(\d+)$/.exec(name)?.[1] ?? []);
  const log = join(directory, `guest-${Math.max(...numbers.map(Number))}`, "console.log");
  const text = existsSync(log) ? readFileSync(log, "utf8") : "";
  // A serial line ends with a carriage return as well, which no dot stands for.
  const marks = text.match(/uffdwp: (?:begin|end) \d[^\n]*\n/g);
  return /begin \d+ (\S+)/.exec(marks?.at(-1) ?? "")?.[1];
}

/** Process ids of guests with a word in their environment. */
export function guestsMarked(word: string): number[] {
  return processIds().filter((pid) => isGuest(pid) && read(pid, "environ").includes(word));
}

/** Arguments, each ended by NUL; empty for a process that has gone. */
export function commandLine(pid: number | string): string {
  return read(pid, "cmdline");
}

function processIds(): number[] {
  return readdirSync("/proc")
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number);
}

function isGuest(pid: number): boolean {
  return commandLine(pid).includes("virtserialport");
}

function parentOf(pid: number): number {
  return Number(read(pid, "stat").split(") ")[1]?.split(" ")[1]);
}

function read(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
