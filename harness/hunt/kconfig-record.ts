// What a bisection of configurations is asked for, and what it says.
import type { Answer } from "./ask.ts";
import type { Ground } from "./ground.ts";
import type { Symptom } from "./symptom.ts";

/** How both configurations set one option; null where one leaves it at its default. */
export interface OptionChange {
  readonly option: string;
  readonly good: string | null;
  readonly bad: string | null;
}

export interface KconfigRequest extends Ground {
  readonly kind: "kconfig";
  /** Names of the two files. */
  readonly good: string;
  readonly bad: string;
  /** What both set alike, as lines of a .config. */
  readonly common: readonly string[];
  readonly differences: readonly OptionChange[];
  readonly symptom: Symptom | null;
}

export interface KconfigStep extends Answer {
  /** The key of the configuration. */
  readonly sha: string;
  /** These were as in the bad configuration, all others as in the good one. */
  readonly options: readonly string[];
}

export interface KconfigRecord {
  readonly id: string;
  /** No commit is hunted here. */
  readonly firstBad: null;
  /** Together they make the difference, and none of them can be left out. */
  readonly options: readonly OptionChange[];
  readonly differences: number;
  readonly symptom: Symptom;
  readonly steps: readonly KconfigStep[];
  /** From 0 to 1. */
  readonly confidence: number;
}
