// What lockdep and RCU's checks say: with `WARNING:`, and with `INFO:` before 4.11.
import { CALL_TRACE, FN, PC, SRC } from "../stack.ts";
import { fromTrace, fromWarning, type Signature } from "./signature.ts";

const AT = new RegExp(`at: (?:${PC} +)?${FN}`);
const AT_PC = new RegExp(`at: ${PC} +${FN}`);
const ACQUIRING = /is trying to acquire lock/;
/** These take the locks of the work that they run or wait for. */
const WORKQUEUE = /process_one_work|(?:flush|drain|destroy)_workqueue/;
const RCU_USER = /rcu|kmem|slab/;

const kind = "lockdep";

export const lockdepWarnings: readonly Signature[] = [
  {
    kind,
    line: /WARNING: .*still has locks held!/,
    followedBy: [new RegExp(`at: ${FN}`)],
    title: "WARNING: still has locks held in $1",
  },
  {
    kind,
    line: /WARNING: Nested lock was not taken/,
    title: "WARNING: nested lock was not taken in {fn}",
    walk: fromWarning(),
  },
  {
    kind,
    line: /WARNING: lock held when returning to user space/,
    followedBy: [/leaving the kernel with locks still held/, AT],
    title: "WARNING: lock held when returning to user space in $1",
    traceless: true,
  },
  {
    kind,
    line: /WARNING: possible circular locking dependency detected/,
    followedBy: [ACQUIRING],
    title: "possible deadlock in {fn}",
    walk: { parts: [AT, AT, "trace"], skip: WORKQUEUE },
  },
  {
    kind,
    line: /WARNING: possible irq lock inversion dependency detected/,
    followedBy: [/just changed the state of lock/, AT],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /WARNING: .*-safe -> .*-unsafe lock order detected/,
    title: "possible deadlock in {fn}",
    walk: { parts: [/which became .* at:/, "trace"] },
  },
  {
    kind,
    line: /WARNING: possible recursive locking detected/,
    followedBy: [ACQUIRING, AT],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /WARNING: inconsistent lock state/,
    followedBy: [/takes/, AT],
    title: "inconsistent lock state in {fn}",
    walk: fromTrace(/lock_sock|release_sock/),
  },
  {
    kind,
    line: /WARNING: suspicious RCU usage/,
    followedBy: [new RegExp(SRC)],
    title: "WARNING: suspicious RCU usage in {fn}",
    walk: fromTrace(RCU_USER),
  },
  {
    kind,
    line: /WARNING: bad unlock balance detected!/,
    title: "WARNING: bad unlock balance in {fn}",
    walk: { parts: [new RegExp(`${PC} +${FN}`), CALL_TRACE, "trace"] },
  },
  {
    kind,
    line: /WARNING: held lock freed!/,
    followedBy: [new RegExp(`at:(?: ${PC})? +${FN}`)],
    title: "WARNING: held lock freed in $1",
  },
];

/** The same before 4.11, where the words stand in brackets of blanks. */
export const lockdepInfos: readonly Signature[] = [
  {
    kind,
    line: /INFO: possible circular locking dependency detected \]/,
    followedBy: [ACQUIRING, AT_PC],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /INFO: possible irq lock inversion dependency detected \]/,
    followedBy: [/just changed the state of lock/, AT_PC],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /INFO: \w+-safe -> \w+-unsafe lock order detected \]/,
    followedBy: [/is trying to acquire/, AT_PC],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /INFO: possible recursive locking detected \]/,
    followedBy: [ACQUIRING, AT_PC],
    title: "possible deadlock in $1",
  },
  {
    kind,
    line: /INFO: inconsistent lock state \]/,
    followedBy: [/takes/, AT_PC],
    title: "inconsistent lock state in $1",
  },
  {
    kind,
    line: /INFO: suspicious RCU usage/,
    followedBy: [new RegExp(SRC)],
    title: "INFO: suspicious RCU usage in {fn}",
    walk: fromTrace(RCU_USER),
  },
  {
    kind,
    line: /INFO: trying to register non-static key/,
    title: "INFO: trying to register non-static key in {fn}",
    walk: fromTrace(/stack|lock|IRQ/),
  },
];
