// What it means that a case did one thing before and another now.
import type { OutcomeKind } from "../session/outcome.ts";
import type { VerdictKind } from "./verdict.ts";

/** How a case stands, in one word: its outcome where the verdict adds nothing to it. */
export type Standing =
  | "pass"
  | "skip"
  | "known"
  | "unexpected-pass"
  | "unexpected-skip"
  | "lost"
  | "fail"
  | "timeout"
  | "crash";

/** `changed` is neither worse nor better; `offered` is a pass that has become an expected skip, or was one. */
type Change = "same" | "worse" | "better" | "changed" | "offered";

/** From good to bad: the worst of a case's repetitions speaks for it. */
const ORDER: readonly Standing[] = [
  "pass",
  "skip",
  "known",
  "unexpected-pass",
  "unexpected-skip",
  "lost",
  "fail",
  "timeout",
  "crash",
];

/**
 * A row: how it stood; a column: how it stands, in the order above. `w`orse, `b`etter, `c`hanged,
 * `o`ffered. What was as expected and no longer is, is worse, and so is a failure of a harder kind.
 * Better is only what is seen to hold: a failure that is no longer looked at (skips, lost) or has
 * been explained (known) is not mended.
 */
const CHANGES: Readonly<Record<Standing, string>> = {
  //                p s k P S l f t c
  pass: /*       */ ". o w w w w w w w",
  skip: /*       */ "o . c w w w w w w",
  known: /*      */ "b c . w w w w w w",
  "unexpected-pass": "c c c . c c w w w",
  "unexpected-skip": "b c b c . c w w w",
  lost: /*       */ "b b b w w . w w w",
  fail: /*       */ "b c c c c c . w w",
  timeout: /*    */ "b c c c c c b . w",
  crash: /*      */ "b c c c c c b b .",
};

const MEANING: Readonly<Record<string, Change>> = {
  ".": "same",
  w: "worse",
  b: "better",
  c: "changed",
  o: "offered",
};

/** What a baseline has excused stands where it would without. */
export function standingOf(one: {
  readonly verdict: VerdictKind;
  readonly outcome: OutcomeKind;
  readonly excused?: VerdictKind | undefined;
}): Standing {
  const { outcome } = one;
  const verdict = one.excused ?? one.verdict;
  if (verdict === "ok") return outcome === "skip" ? "skip" : "pass";
  if (verdict !== "regression" && verdict !== "flaky") return verdict;
  return outcome === "crash" || outcome === "timeout" ? outcome : "fail";
}

/**
 * @param sameConfig whether both kernels have the same configuration: then nothing but the source
 *   can be why what passed is now no longer offered, which is worse; otherwise it is a change
 */
export function changeBetween(
  from: Standing,
  to: Standing,
  sameConfig: boolean,
): Exclude<Change, "offered"> {
  const change = MEANING[CHANGES[from].split(" ")[ORDER.indexOf(to)] as string] as Change;
  if (change !== "offered") return change;
  if (!sameConfig) return "changed";
  return to === "skip" ? "worse" : "better";
}

/** The worst of them; a lost one says nothing and counts only where there is no other. */
export function worstOf(standings: readonly Standing[]): Standing {
  const telling = standings.filter((one) => one !== "lost");
  const worst = Math.max(...telling.map((one) => ORDER.indexOf(one)));
  return ORDER[worst] ?? "lost";
}

/** Whether nobody needs to look at it. */
export function isAsExpected(standing: Standing): boolean {
  return standing === "pass" || standing === "skip" || standing === "known";
}
