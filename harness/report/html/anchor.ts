// Where on a page a case stands.
import type { Run, RunCase } from "../../record/run-schema.ts";
import { caseName } from "../case-words.ts";

/** Unique within a run; what a fragment would have to encode becomes a dash. */
export function anchorOf(run: Run, one: RunCase): string {
  return `case-${caseName(run, one).replaceAll(/[^\w./-]+/g, "-")}`;
}
