// What runs on this machine because of a test.
import { readdirSync, readFileSync } from "node:fs";

/** Process ids of the guests of a harness; a QEMU that only says its version is none. */
export function guestsOf(harness: number): number[] {
  return processIds().filter((pid) => isGuest(pid) && parentOf(pid) === harness);
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
