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

/** Where a report may begin in a line, from 0; -1 for nowhere. */
export function headerAt(line: string): number {
  return line.search(HEADERS);
}

/** 9p says the path of a socket, which a program chose: any words may stand in it. */
const QUOTES = /p9_fd_create\w* \(\d+\): problem connecting socket/;

/** The family of a report that begins with this line; undefined for any other line. */
export function familyOf(line: string): Family | undefined {
  if (!HEADERS.test(line) || QUOTES.test(line)) return undefined;
  return families.find(({ header, harmless = [], only, signatures }) => {
    if (!line.includes(header) || harmless.some((pattern) => pattern.test(line))) return false;
    return !only || signatures.some((signature) => signature.line.test(line));
  });
}

/** These stand in the middle of a report, and say more about it; elsewhere they begin one. */
const CONTINUES =
  /invalid opcode: 0000|Kernel panic - not syncing|unregister_netdevice: waiting for|PANIC: double fault|Internal error:|\bOops\b|Kernel BUG \[#/;
/** die() since 6.10 says `Oops: ` before these, which never had a line of their own before it. */
const BEGINS = /Oops: (?:general protection fault|divide error|int3|stack segment)/;
/** These end in die(), whose line comes before the trace. */
const DYING =
  /nable to handle|NULL pointer dereference|ernel BUG at|stack guard page|UBSAN:|KASAN:|PANIC: double fault|Unhandled fault|Alignment trap/;
/** How often it was called, which every architecture's die() says. */
const DEATH = /\[#\d+\]|PANIC: double fault/;
/** Chatter with a trace of its own, which would run into that of the report. */
const INTERRUPTS =
  /vmalloc: allocation failure:|FAULT_INJECTION: forcing a failure|FAULT_FLAG_ALLOW_RETRY missing/;

/** Whether a line with a header may belong to the report before it. */
export function mayContinueReport(line: string): boolean {
  return CONTINUES.test(line) && !BEGINS.test(line);
}

/** Whether it is the line of die() itself. */
export function isDeath(line: string): boolean {
  return DEATH.test(line);
}

/** Whether a report that begins like this has the line of die() below. */
export function isDying(line: string): boolean {
  return DYING.test(line);
}

export function interruptsReport(line: string): boolean {
  return INTERRUPTS.test(line);
}

/** printk says so before it prints a line again that the console had lost a part of. */
export function saysAgain(line: string): boolean {
  return line.includes("** replaying previous printk message **");
}

const CONSEQUENCE =
  /Kernel panic - not syncing: (?:.*Fatal exception|.*panic_on_(?:warn|kmsan)|kasan\.fault=|softlockup: hung|Hard LOCKUP|hung_task: blocked|RCU Stall|BUG!)|Oops - KASAN/i;
const LOSS =
  /Kernel panic - not syncing: (?:Attempted to kill |Aiee, killing interrupt handler|Machine halted)/;

/** A panic that only says that something before it was fatal. */
export function isConsequence(line: string): boolean {
  return CONSEQUENCE.test(line);
}

/** A panic for a task that is gone; where die() ended it, that says no more. */
export function isLoss(line: string): boolean {
  return LOSS.test(line);
}
