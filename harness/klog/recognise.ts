// Which lines begin a report, and of which family.
import { families } from "./signatures/families.ts";
import type { Family } from "./signatures/signature.ts";

const HEADERS = new RegExp(
  families.map(({ header }) => header.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"),
);

/** A quick look that nearly every line ends at. */
export function mayBeginReport(line: string): boolean {
  return HEADERS.test(line);
}

/** 9p says the path of a socket, which a program chose: any words may stand in it. */
const QUOTES = /p9_fd_create\w* \(\d+\): problem connecting socket/;

/** The family of a report that begins with this line; undefined for any other line. */
export function familyOf(line: string): Family | undefined {
  if (!HEADERS.test(line) || QUOTES.test(line)) return undefined;
  return families.find(({ header, harmless = [] }) => {
    return line.includes(header) && !harmless.some((pattern) => pattern.test(line));
  });
}

/** These stand in the middle of a report, and say more about it. */
const CONTINUES =
  /invalid opcode: 0000|Kernel panic - not syncing|unregister_netdevice: waiting for|PANIC: double fault|Internal error:|\bOops\b/;
/** Chatter with a trace of its own, which would run into that of the report. */
const INTERRUPTS =
  /vmalloc: allocation failure:|FAULT_INJECTION: forcing a failure|FAULT_FLAG_ALLOW_RETRY missing/;

/** Whether a line with a header belongs to the report before it. */
export function continuesReport(line: string): boolean {
  return CONTINUES.test(line);
}

export function interruptsReport(line: string): boolean {
  return INTERRUPTS.test(line);
}

/** printk says so before it prints a line again that the console had lost a part of. */
export function saysAgain(line: string): boolean {
  return line.includes("** replaying previous printk message **");
}

/** A panic that only says that something before it was fatal. */
export function isConsequence(line: string): boolean {
  return /Kernel panic - not syncing: (?:Fatal exception|.*panic_on_warn|softlockup: hung|Hard LOCKUP|hung_task: blocked|RCU Stall)/i.test(
    line,
  );
}
