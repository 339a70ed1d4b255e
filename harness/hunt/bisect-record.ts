// What a bisection is asked for, and what it says: bisect.json and `--json`.
import type { Answer } from "./ask.ts";
import type { HeldCases } from "./ground.ts";
import type { Symptom } from "./symptom.ts";

/** What git is to call the older and the newer state; its own words where one is not given. */
export interface AskedTerms {
  readonly old?: string;
  readonly new?: string;
}

export interface BisectRequest extends HeldCases {
  readonly kind: "commits";
  /** The user's tree. */
  readonly tree: string;
  /** Commits, in full. */
  readonly good: readonly string[];
  readonly bad: string;
  readonly symptom: Symptom | null;
  readonly firstParent: boolean;
  readonly paths: readonly string[];
  readonly terms: AskedTerms;
}

export interface Commit {
  readonly sha: string;
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, the author's. */
  readonly date: string;
}

export interface BisectStep extends Answer {
  readonly sha: string;
  readonly subject: string;
}

export interface BisectRecord {
  readonly id: string;
  /** The commit that broke it; null where it was not found, or where one mended it. */
  readonly firstBad: Commit | null;
  /** The commit that mended it, where the bad end is the older one. */
  readonly firstFixed: Commit | null;
  /** What it can be, where skipped commits stand between good and bad. */
  readonly candidates: readonly Commit[];
  readonly symptom: Symptom;
  /** Both ends, as they were checked before; the bad one first. */
  readonly ends: readonly BisectStep[];
  readonly steps: readonly BisectStep[];
  /** The steps nearest to the commit on both sides. */
  readonly evidence: { readonly good: BisectStep | null; readonly bad: BisectStep | null };
  /** What git calls the older and the newer state. */
  readonly terms: Required<AskedTerms>;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly log: string;
}
