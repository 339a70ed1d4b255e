// Panics: most end a report that began before them.
import { pickOfStall } from "../pick-function.ts";
import { FN } from "../stack.ts";
import { AT_FAULT, type Family, fromTrace, type Signature } from "./signature.ts";

const NAME = "Kernel panic - not syncing: ";
const panic = (line: string, title: string, more: Partial<Signature> = {}): Signature => ({
  kind: "panic",
  line: new RegExp(NAME + line),
  title: `kernel panic: ${title}`,
  ...more,
});

const SMASHED = "stack-protector: Kernel stack is corrupted in: ";

export const panics: readonly Family[] = [
  {
    header: "Kernel panic",
    kind: "panic",
    signatures: [
      panic(SMASHED + FN, "stack is corrupted in $1", { traceless: true }),
      panic(`${SMASHED}[a-f0-9]+`, "stack is corrupted in {fn}", { walk: fromTrace(/stack_chk/) }),
      panic("corrupted stack end detected inside scheduler", "corrupted stack end in {fn}", {
        walk: { ...fromTrace(/schedule|retint_kernel/), pick: pickOfStall },
      }),
      panic("kernel stack overflow", "", {
        title: "kernel stack overflow in {fn}",
        walk: { ...fromTrace(/bad_stack/), pick: pickOfStall },
      }),
      panic("Attempted to kill init!", "Attempted to kill init!"),
      panic("Couldn't open N_TTY ldisc for [^ ]+ --- error -\\d+", "Couldn't open N_TTY ldisc"),
      // What these end began earlier: the log does not have it.
      panic("Fatal exception", "Fatal exception", { remnant: true }),
      panic("panic_on_warn set", "panic_on_warn set", { remnant: true }),
      panic("hung_task: blocked tasks", "hung_task: blocked tasks", { remnant: true }),
      panic("(.*)", "$1"),
    ],
  },
  {
    header: "PANIC: double fault",
    kind: "panic",
    signatures: [
      {
        kind: "panic",
        line: /PANIC: double fault/,
        title: "PANIC: double fault in {fn}",
        walk: AT_FAULT,
      },
    ],
  },
  {
    header: "rust_kernel: panicked",
    kind: "panic",
    signatures: [
      {
        kind: "panic",
        line: /rust_kernel: panicked at /,
        followedBy: [/(.+)/],
        title: "$1 in {fn}",
        walk: fromTrace(/rust_begin_unwind/),
      },
    ],
  },
];
