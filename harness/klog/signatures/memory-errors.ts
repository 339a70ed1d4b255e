// What the memory sanitizers say: KASAN, KMSAN, KCSAN, KFENCE, and the leak detector.
import { CALL_TRACE, FN, type Walk } from "../stack.ts";
import type { Signature } from "./signature.ts";

const line = (text: string) => new RegExp(text.replace("FN", FN));

function afterLine(pattern: RegExp, skip?: RegExp): Walk {
  return { parts: [pattern, CALL_TRACE, "trace"], ...(skip && { skip }) };
}

const INVALID_FREE = line(
  "BUG: KASAN: (?:double-free or invalid-free|double-free|invalid-free) in FN",
);
const KFENCE: Walk = { parts: [line("BUG: KFENCE: [a-z -]+ in FN"), "trace"] };
const ORIGIN = /Local variable .* created at:|Uninit was created at:/;
const ALLOCATION =
  /kmemleak|mmap|kmem|slab|alloc|create_object|idr_get|list_lru_init|kasprintf|kvasprintf|pcpu_create|strdup|strndup|memdup/;

export const memoryErrors: readonly Signature[] = [
  {
    kind: "kasan",
    line: line("BUG: KASAN: ([a-z-]+) in FN"),
    followedBy: [/(Read|Write) (?:of size|at addr) [0-9a-f]+/],
    title: "KASAN: $1 $3 in {fn}",
    walk: afterLine(
      line("BUG: KASAN: [a-z-]+ in FN"),
      /kernel_fault|tag_check|mem_abort|^el1_|^el1h_/,
    ),
  },
  {
    kind: "kasan",
    line: INVALID_FREE,
    title: "KASAN: invalid-free in {fn}",
    walk: afterLine(INVALID_FREE, /slab_|kfree|vunmap|vfree/),
  },
  {
    kind: "kasan",
    line: /BUG: KASAN: ([a-z-]+) on address/,
    followedBy: [/(Read|Write) of size \d+/],
    title: "KASAN: $1 $2",
  },
  { kind: "kasan", line: /BUG: KASAN: (.*)/, title: "KASAN: $1", remnant: true },
  {
    kind: "kmsan",
    line: line("BUG: KMSAN: kernel-usb-infoleak in FN"),
    title: "KMSAN: kernel-usb-infoleak in {fn}",
    walk: {
      parts: ["trace", ORIGIN, "trace"],
      skip: /alloc_skb|usb_(?:submit_urb|start_wait_urb|bulk_msg|interrupt_msg|control_msg)/,
    },
    traceless: true,
  },
  {
    kind: "kmsan",
    line: line("BUG: KMSAN: ([a-z-]+) in FN"),
    title: "KMSAN: $1 in {fn}",
    walk: {
      parts: ["trace", ORIGIN, "trace"],
      skip: /alloc_skb|netlink_ack|netlink_rcv_skb|_encrypt$|^(?:crypto|cipher|drbg|rng)_/,
    },
    traceless: true,
  },
  { kind: "kcsan", line: /BUG: KCSAN: (.*)/, title: "KCSAN: $1", traceless: true },
  {
    kind: "kfence",
    line: line("BUG: KFENCE: ((?:use-after-free|out-of-bounds|invalid) (?:read|write)) in FN"),
    title: "KFENCE: $1 in {fn}",
    walk: KFENCE,
    traceless: true,
  },
  {
    kind: "kfence",
    line: line("BUG: KFENCE: (invalid free|memory corruption) in FN"),
    title: "KFENCE: $1 in {fn}",
    walk: KFENCE,
    traceless: true,
  },
  {
    kind: "memory-leak",
    line: /BUG: memory leak/,
    title: "memory leak in {fn}",
    walk: { parts: [/backtrace(?: \(crc [0-9a-fA-F]*\))?:/, "trace"], skip: ALLOCATION },
  },
];
