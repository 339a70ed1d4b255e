// Lines with `BUG:` about locks, contexts and processors that are stuck.
import { pickOfStall } from "../pick-function.ts";
import { CALL_TRACE, FN, PC } from "../stack.ts";
import { fromFault, fromTrace, type Signature } from "./signature.ts";

const HOLDER = new RegExp(`${PC} +${FN}`);

const contexts: readonly Signature[] = [
  {
    kind: "bug",
    line: /BUG: scheduling while atomic/,
    title: "BUG: scheduling while atomic in {fn}",
    walk: fromTrace(/schedule/),
  },
  {
    kind: "bug",
    line: /BUG: sleeping function called from invalid context at /,
    title: "BUG: sleeping function called from invalid context in {fn}",
    walk: fromTrace(),
  },
  {
    kind: "bug",
    line: /BUG: using ([a-z_]+)\(\) in preemptible/,
    title: "BUG: using $1() in preemptible code in {fn}",
    walk: fromTrace(/dump_stack|preempt|debug_|processor_id|this_cpu/),
  },
];

export const lockBugs: readonly Signature[] = [
  {
    kind: "bug",
    line: /BUG: (spinlock|rwlock) (lockup suspected|already unlocked|recursion|cpu recursion|bad magic|wrong owner|wrong CPU|trylock failure on UP)/,
    title: "BUG: $1 $2 in {fn}",
    walk: fromTrace(/spin_|_lock|_unlock/),
  },
  {
    kind: "lockup",
    line: /BUG: soft lockup/,
    title: "BUG: soft lockup in {fn}",
    walk: fromFault({ pick: pickOfStall }),
  },
  {
    kind: "lockdep",
    line: /BUG: .*still has locks held!/,
    followedBy: [HOLDER],
    title: "BUG: still has locks held in $1",
  },
  {
    kind: "lockdep",
    line: /BUG: lock held when returning to user space/,
    followedBy: [/leaving the kernel with locks still held/, new RegExp(`at: (?:${PC} +)?${FN}`)],
    title: "BUG: lock held when returning to user space in $1",
    traceless: true,
  },
  {
    kind: "lockdep",
    line: /BUG: bad unlock balance detected!/,
    title: "BUG: bad unlock balance in {fn}",
    walk: { parts: [HOLDER, CALL_TRACE, "trace"] },
  },
  {
    kind: "lockdep",
    line: /BUG: held lock freed!/,
    followedBy: [HOLDER],
    title: "BUG: held lock freed in $1",
  },
  {
    // arm prints this where x86 says "WARNING: locking bug".
    kind: "lockdep",
    line: /BUG: Invalid wait context/,
    title: "WARNING: locking bug in {fn}",
    walk: fromTrace(/lock_sock|release_sock/),
  },
  ...contexts,
  {
    kind: "bug",
    line: /BUG: workqueue leaked lock or atomic/,
    followedBy: [/last function: (\w+)$/],
    title: "BUG: workqueue leaked lock or atomic in $1",
    traceless: true,
  },
  {
    // Since 6.2 the workers that hold the pool up are shown, below a heading that may be lost.
    kind: "lockup",
    line: /BUG: workqueue lockup/,
    followedBy: [/^Workqueue: +\S+ +(\w+)/],
    title: "BUG: workqueue lockup in $1",
    traceless: true,
  },
  {
    kind: "lockup",
    line: /BUG: workqueue lockup/,
    title: "BUG: workqueue lockup",
    traceless: true,
  },
];
