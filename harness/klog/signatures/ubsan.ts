// What UBSAN says, in its form before 5.11 and in that since.
import { fromTrace, type Signature } from "./signature.ts";

const walk = fromTrace(/ubsan|overflow/);

export const ubsan: readonly Signature[] = [
  {
    kind: "ubsan",
    line: /UBSAN: Undefined behaviour in/,
    title: "UBSAN: undefined-behaviour in {fn}",
    walk,
  },
  { kind: "ubsan", line: /UBSAN: (.*?) in/, title: "UBSAN: $1 in {fn}", walk },
];
