// WARN() in its forms since 2.6, by the place that warns.
import { FN, SRC } from "../stack.ts";
import { fromWarning, type Signature } from "./signature.ts";

const USB = /usb_(?:submit_urb|start_wait_urb|bulk_msg|interrupt_msg|control_msg)/;
const ODEBUG = /debug_|rcu|hrtimer_|timer_|work_|percpu_|vunmap|vfree|__free_|kobject_/;

function warning(line: RegExp | string, title: string, skip?: RegExp): Signature {
  return { kind: "warning", line: new RegExp(line), title, walk: fromWarning(skip) };
}

/** Places that warn on behalf of their callers: the report is named after what they check. */
const checks: readonly Signature[] = [
  warning(
    /WARNING: .*lib\/debugobjects\.c.* (?:debug_print|debug_check|at)/,
    "WARNING: ODEBUG bug in {fn}",
    ODEBUG,
  ),
  warning(
    /WARNING: .*mm\/usercopy\.c.* (?:usercopy_warn|at)/,
    "WARNING: bad usercopy in {fn}",
    /usercopy|__check/,
  ),
  warning(
    /WARNING: .*lib\/kobject\.c.* (?:kobject_|at)/,
    "WARNING: kobject bug in {fn}",
    /kobject_/,
  ),
  warning(
    /WARNING: .*fs\/proc\/generic\.c.* (?:proc_register|at)/,
    "WARNING: proc registration bug in {fn}",
    /proc_/,
  ),
  warning(
    /WARNING: .*lib\/refcount\.c.* (?:refcount_|at)/,
    "WARNING: refcount bug in {fn}",
    /refcount|kobject_/,
  ),
  {
    ...warning(
      /WARNING: .*kernel\/locking\/lockdep\.c.*lock_/,
      "WARNING: locking bug in {fn}",
      /lock_sock|release_sock/,
    ),
    kind: "lockdep",
  },
  {
    ...warning(/WARNING: .*mm\/page_table_check\.c:\d+/, "WARNING in {fn}"),
    kind: "page-table-check",
  },
  warning(
    /WARNING: .*mm\/\S*\.c\S* (?:at )?k?.?malloc/,
    "WARNING: kmalloc bug in {fn}",
    /kmalloc|krealloc|slab|kmem/,
  ),
  warning(/WARNING: .*mm\/vmalloc.c.*__vmalloc_node/, "WARNING: zero-size vmalloc in {fn}"),
  warning(/WARNING: .* usb_submit_urb/, "WARNING in {fn}/usb_submit_urb", USB),
];

export const warn: readonly Signature[] = [
  ...checks,
  // From old to new: `CPU: 0 PID: 1 at file:line fn+…`, `file:line at fn+…`, and with the text of
  // the condition and without the function: `[condition] file:line at 0x…, CPU#0`.
  warning(`WARNING: .* at ${SRC} ${FN}`, "WARNING in {fn}"),
  warning(`WARNING: (?:\\[.*\\] )?${SRC} at ${FN}`, "WARNING in {fn}"),
  warning(`WARNING: (?:\\[.*\\] )?${SRC} at 0x[0-9a-f]+, CPU#\\d+`, "WARNING in {fn}"),
];
