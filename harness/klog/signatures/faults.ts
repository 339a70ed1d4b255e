// Faults without the word BUG, and BUG() itself.
import { AT_FAULT, type Family, fromFault, fromTrace, type Signature } from "./signature.ts";

function family(header: string, signatures: readonly Signature[], harmless?: RegExp): Family {
  return { header, kind: "oops", signatures, ...(harmless && { harmless: [harmless] }) };
}

/** A fault that is named by its header and the function that it happened in. */
function fault(header: string, title: string, walk = fromFault()): Family {
  return family(header, [
    { kind: "oops", line: new RegExp(header), title: `${title} in {fn}`, walk },
  ]);
}

const kernelBugs: readonly Signature[] = [
  {
    kind: "bug",
    line: /kernel BUG at mm\/usercopy.c/,
    title: "BUG: bad usercopy in {fn}",
    walk: fromTrace(/usercopy|__check/),
  },
  {
    kind: "bug",
    line: /kernel BUG at lib\/list_debug.c/,
    title: "BUG: corrupted list in {fn}",
    walk: fromTrace(),
  },
  {
    kind: "page-table-check",
    line: /kernel BUG at mm\/page_table_check.c/,
    title: "kernel BUG in {fn}",
    walk: fromFault(),
  },
  {
    kind: "bug",
    line: /kernel BUG at /,
    title: "kernel BUG in {fn}",
    walk: fromFault({ skip: /^skb_/ }),
  },
];

const ARM_FAULT =
  /Unable to handle kernel (paging request|NULL pointer dereference|access to user memory)/;

export const faults: readonly Family[] = [
  family("Unable to handle kernel", [
    {
      kind: "oops",
      line: ARM_FAULT,
      title: "BUG: unable to handle kernel $1 in {fn}",
      walk: fromFault(),
    },
  ]),
  family(
    "general protection fault",
    [
      {
        kind: "oops",
        line: /general protection fault.*:/,
        title: "general protection fault in {fn}",
        walk: fromFault(),
      },
    ],
    // A program's, not the kernel's.
    /general protection fault .* error:\d+ in /,
  ),
  fault("stack segment: ", "stack segment fault"),
];

export const moreFaults: readonly Family[] = [
  family("kernel BUG", kernelBugs),
  family("Kernel BUG", [{ kind: "bug", line: /Kernel BUG (.*)/, title: "kernel BUG $1" }]),
  family("BUG kmalloc-", [
    {
      kind: "bug",
      line: /BUG kmalloc-.*: Object already free/,
      title: "BUG: Object already free",
    },
  ]),
  fault("divide error:", "divide error", AT_FAULT),
  fault("divide_error:", "divide error", AT_FAULT),
  fault("invalid opcode:", "invalid opcode", AT_FAULT),
  fault("int3:", "int3"),
  fault("Internal error:", "Internal error"),
  fault("Unhandled fault:", "Unhandled fault"),
  fault("Alignment trap:", "Alignment trap"),
];
