// What mm/ says without BUG: or WARNING: about slabs, swap entries, page tables and leaks; syzkaller
// has no titles for it.
import type { Family, Signature } from "./signature.ts";

/** The words of such a header may stand in anything: only lines of the whole form count. */
function lines(header: string, signature: Omit<Signature, "traceless">): Family {
  const { kind } = signature;
  return { header, kind, only: true, signatures: [{ ...signature, traceless: true }] };
}

/** mm/slub.c, slab_bug(): `BUG cache (taint): reason`; one reason has a title of syzkaller's. */
const slab = lines("BUG ", {
  kind: "bug",
  line: /BUG (?!kmalloc-\S+ .*: Object already free)(\S+) \((?:Not t|T)ainted[^)]*\): ([A-Za-z]+(?: [A-Za-z]+)*?)(?= (?:in|on) | ?$| ?[^A-Za-z ])/,
  title: "BUG: $2 in $1",
});

/** mm/swapfile.c, and whoever holds an entry that leads to no swap device. */
const swapEntries = ["Bad", "Unused"].map((what) =>
  lines(`${what} swap `, {
    kind: "swap-entry",
    line: new RegExp(`(?<=(\\w+): )${what} swap (file|offset) entry [0-9a-f]+`),
    title: `$1: ${what} swap $2 entry`,
  }),
);

/** pmd_ERROR() and its like, from mm/pgtable-generic.c. */
const tableEntries = ["pgd", "p4d", "pud", "pmd", "pte"].map((level) =>
  lines(`: bad ${level} `, {
    kind: "bad-entry",
    line: new RegExp(`(?<=\\.[ch]:\\d+): bad ${level} [0-9a-f(]`),
    title: `BUG: bad ${level}`,
  }),
);

const leaks = lines("new suspected memory leaks", {
  kind: "memory-leak",
  line: /(?<=kmemleak: \d+ )new suspected memory leaks/,
  title: "kmemleak: NUM new suspected memory leaks",
});

export const memoryState: readonly Family[] = [slab, ...swapEntries, ...tableEntries, leaks];
