// Every report that is known, by the words that its first line contains.
import { bugs } from "./bugs.ts";
import { faults, moreFaults } from "./faults.ts";
import { infos } from "./infos.ts";
import { memoryState } from "./memory-state.ts";
import { others } from "./others.ts";
import { panics } from "./panics.ts";
import type { Family } from "./signature.ts";
import { ubsan } from "./ubsan.ts";
import { warnings } from "./warnings.ts";

/** Where a line has several headers, the first of them here counts. */
export const families: readonly Family[] = [
  bugs,
  warnings,
  infos,
  ...faults,
  ...panics,
  ...memoryState,
  ...moreFaults,
  { header: "UBSAN:", kind: "ubsan", signatures: ubsan },
  ...others,
];
