// Lines with `BUG:`: faults, pages and counters, and what the memory sanitizers and lockdep find.
import { pickOfStall } from "../pick-function.ts";
import { lockBugs } from "./lock-bugs.ts";
import { memoryErrors } from "./memory-errors.ts";
import { type Family, fromFault, fromTrace, type Signature } from "./signature.ts";

const faults: readonly Signature[] = [
  {
    kind: "oops",
    line: /BUG: (?:unable to handle (?:kernel paging request|page fault for address)|Unable to handle kernel data access)/,
    title: "BUG: unable to handle kernel paging request in {fn}",
    walk: fromFault(),
  },
  {
    kind: "oops",
    line: /BUG: (?:unable to handle kernel|[kK]ernel) NULL pointer dereference/,
    title: "BUG: unable to handle kernel NULL pointer dereference in {fn}",
    walk: fromFault(),
  },
  {
    // The rest of the line is a printk() of its own and gets lost at times.
    kind: "oops",
    line: /BUG: [uU]nable to handle kernel/,
    title: "BUG: unable to handle kernel",
    remnant: true,
  },
  {
    kind: "bug",
    line: /BUG: .*stack guard page was hit at/,
    title: "BUG: stack guard page was hit in {fn}",
    walk: fromFault({ pick: pickOfStall }),
  },
];

const PAGE_FUNCTIONS =
  /(?:free|put|get|update|release)_page|free_unref|^_*folio|truncate_inode_pages|page_frag_free|alloc|vmap|page_owner/;

/** And those that notice, where the trace is theirs. */
const PAGE_CHECKS = new RegExp(
  `${PAGE_FUNCTIONS.source}|bad_page|page_is_bad|check_(?:new|free)|freelist|rmqueue|free_pcp|free_pages|free_one|pages_flush|tlb_|release_pages|lru`,
);

const pages: readonly Signature[] = [
  {
    kind: "bad-page",
    line: /BUG: Bad page (state|cache)/,
    title: "BUG: Bad page $1 in {fn}",
    walk: {
      parts: [/page last allocated/, "trace"],
      skip: PAGE_FUNCTIONS,
      otherwise: fromTrace(PAGE_CHECKS),
    },
  },
  { kind: "bad-page", line: /BUG: Bad page map/, title: "BUG: Bad page map" },
  {
    kind: "rss-counter",
    line: /BUG: Bad rss-counter state/,
    title: "BUG: Bad rss-counter state",
    traceless: true,
  },
  {
    kind: "bug",
    line: /BUG: (non-zero (?:nr_ptes|nr_pmds|pgtables_bytes) on freeing mm)/,
    title: "BUG: $1",
    traceless: true,
  },
  {
    kind: "bug",
    line: /BUG: Dentry .* still in use \(\d+\) \[(unmount) of [^\]]+\]/,
    title: "BUG: Dentry still in use in $1",
  },
];

export const bugs: Family = {
  header: "BUG:",
  kind: "bug",
  harmless: [/DEBUG:/, /xlog_status:/, /Oops - BUG:/, /BUG: no syscalls can create resource/],
  signatures: [
    ...memoryErrors,
    ...faults,
    ...lockBugs,
    ...pages,
    { kind: "bug", line: /BUG:\s*$/, title: "BUG: corrupted", remnant: true },
  ],
};
